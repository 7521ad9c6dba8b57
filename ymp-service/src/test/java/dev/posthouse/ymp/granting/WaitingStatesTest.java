package dev.posthouse.ymp.granting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.guard.HostName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingStatesTest {

    private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
    private final Semaphore ends = new Semaphore(0);
    private final WaitingStates states = new WaitingStates(2, this::grant);

    @Test
    void grantsEachStateInItsTurn() throws InterruptedException {
        assertThat(states.add(request("a", "1"))).isEmpty();
        assertThat(states.add(request("a", "2"))).isEmpty();

        assertThat(next()).isEqualTo("a 1");
        assertThat(begun.poll(100, TimeUnit.MILLISECONDS)).isNull();
        ends.release();
        assertThat(next()).isEqualTo("a 2");
    }

    @Test
    void dropsTheOldestThatWaits() throws InterruptedException {
        assertThat(states.add(request("a", "1"))).isEmpty();
        assertThat(next()).isEqualTo("a 1");
        for (String state : List.of("2", "3", "4")) {
            assertThat(states.add(request("a", state))).isEmpty();
        }

        assertThat(states.add(request("a", "5"))).contains(Fate.SUPERSEDED);

        ends.release(4);
        assertThat(List.of(next(), next(), next())).containsExactly("a 3", "a 4", "a 5");
        assertThat(begun.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void worksForSoManyHostsAtOnce() throws InterruptedException {
        assertThat(states.add(request("a", "1"))).isEmpty();
        assertThat(states.add(request("b", "1"))).isEmpty();
        assertThat(List.of(next(), next())).containsExactlyInAnyOrder("a 1", "b 1");

        assertThat(states.add(request("c", "1"))).contains(Fate.BUSY);

        ends.release(2);
        states.drain(Duration.ofSeconds(10));
        assertThat(states.add(request("c", "2"))).isEmpty();
        assertThat(next()).isEqualTo("c 2");
    }

    @Test
    void dropsWhatWaitsWhenTheServiceStops() throws InterruptedException {
        states.add(request("a", "1"));
        states.add(request("a", "2"));
        assertThat(next()).isEqualTo("a 1");

        states.drain(Duration.ofMillis(50));

        ends.release(2);
        assertThat(begun.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    @AfterEach
    void endAll() {
        ends.release(10);
    }

    private void grant(TokenRequest request) {
        begun.add(request.host().text().charAt(0) + " " + request.state());
        ends.acquireUninterruptibly();
    }

    private String next() throws InterruptedException {
        return begun.poll(10, TimeUnit.SECONDS);
    }

    private static TokenRequest request(String host, String state) {
        return new TokenRequest(HostName.parse(host + ".example"), state);
    }
}
