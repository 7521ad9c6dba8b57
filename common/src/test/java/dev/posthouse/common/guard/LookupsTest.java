package dev.posthouse.common.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.guard.UncallableHost.Reason;
import dev.posthouse.common.net.IpAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LookupsTest {

    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final List<InetAddress> ANSWER = List.of(InetAddress.ofLiteral("8.8.8.8"));

    private final CountDownLatch never = new CountDownLatch(1);

    /** Like the JDK's resolver, it heeds no interrupt. */
    private List<InetAddress> hang(CountDownLatch until) {
        boolean over = false;
        while (!over) {
            try {
                until.await();
                over = true;
            } catch (InterruptedException unheeded) {
                over = until.getCount() == 0;
            }
        }
        return ANSWER;
    }

    @Test
    void waitsNoLongerThanItsLimit() {
        Lookups lookups = new Lookups(name -> hang(never), SHORT);
        long start = System.nanoTime();

        refusesAsLate(lookups);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, LONG);
        never.countDown();
    }

    @Test
    void waitsWithinItsLimit() {
        CountDownLatch soon = new CountDownLatch(1);
        Lookups lookups = new Lookups(name -> hang(soon), LONG);
        Thread.startVirtualThread(soon::countDown);

        assertThat(lookups.addresses("slow.example")).containsExactly(IpAddress.parse("8.8.8.8"));
    }

    @Test
    void stopsAResolverThatCanBeStopped() throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        Resolver heedful =
                name -> {
                    try {
                        never.await();
                    } catch (InterruptedException interrupted) {
                        stopped.countDown();
                    }
                    return ANSWER;
                };

        refusesAsLate(new Lookups(heedful, SHORT));

        stopped.await();
    }

    /** Names that nobody answers for take no more threads than that, and no more once they end. */
    @Test
    void asksForSoManyNamesAtATime() throws InterruptedException {
        CountDownLatch underWay = new CountDownLatch(Lookups.MOST);
        Lookups lookups =
                new Lookups(
                        name -> {
                            underWay.countDown();
                            return name.equals("slow.example") ? hang(never) : ANSWER;
                        },
                        Duration.ofSeconds(2));
        List<Thread> callers =
                IntStream.range(0, Lookups.MOST)
                        .mapToObj(i -> Thread.startVirtualThread(() -> refusesAsLate(lookups)))
                        .toList();
        underWay.await();

        assertThatExceptionOfType(UncallableHost.class)
                .isThrownBy(() -> lookups.addresses("quick.example"))
                .satisfies(late -> assertThat(late.reason()).isEqualTo(Reason.LATE));
        never.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(lookups.addresses("quick.example")).hasSize(1);
    }

    @Test
    void leavesOneThreadForQuickNamesUntilAllAreTaken() throws InterruptedException {
        CountDownLatch underWay = new CountDownLatch(Lookups.MOST - 1);
        Lookups lookups =
                new Lookups(
                        name -> {
                            underWay.countDown();
                            return name.equals("slow.example") ? hang(never) : ANSWER;
                        },
                        LONG);
        IntStream.range(1, Lookups.MOST)
                .forEach(i -> Thread.startVirtualThread(() -> lookups.addresses("slow.example")));
        underWay.await();

        assertThat(lookups.addresses("quick.example")).hasSize(1);
        never.countDown();
    }

    @Test
    void asksOnThreadsThatHoldUpNobodyAndEnd() throws InterruptedException {
        AtomicReference<Thread> thread = new AtomicReference<>();
        Lookups lookups =
                new Lookups(
                        name -> {
                            thread.set(Thread.currentThread());
                            return ANSWER;
                        },
                        LONG);

        lookups.addresses("example.com");

        assertThat(thread.get().isVirtual()).isFalse();
        assertThat(thread.get().isDaemon()).isTrue();
        assertThat(thread.get().getName()).startsWith("resolve-");
        assertThat(thread.get().join(LONG)).isTrue();
    }

    @Test
    void endsWhenItsCallerIsStopped() {
        Lookups lookups = new Lookups(name -> hang(never), LONG);

        Thread.currentThread().interrupt();

        refusesAsLate(lookups);
        assertThat(Thread.interrupted()).isTrue();
        never.countDown();
    }

    @Test
    void letsABugRise() {
        IllegalStateException bug = new IllegalStateException("bug");
        Lookups lookups =
                new Lookups(
                        name -> {
                            throw bug;
                        },
                        LONG);

        assertThatThrownBy(() -> lookups.addresses("example.com")).hasCause(bug);
    }

    private static void refusesAsLate(Lookups lookups) {
        assertThatExceptionOfType(UncallableHost.class)
                .isThrownBy(() -> lookups.addresses("slow.example"))
                .satisfies(late -> assertThat(late.reason()).isEqualTo(Reason.LATE));
    }
}
