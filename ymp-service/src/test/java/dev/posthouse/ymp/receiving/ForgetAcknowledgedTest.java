package dev.posthouse.ymp.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.testing.TestDatabase;
import dev.posthouse.ymp.MovedClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** YMP, section 6: what tells a repeat is kept for seven days. */
@QuarkusTest
class ForgetAcknowledgedTest {

    private final TestSender sender = new TestSender();

    @Inject TakePacket takePacket;
    @Inject AcknowledgeMessages acknowledgeMessages;
    @Inject ForgetAcknowledged forgetAcknowledged;
    @Inject MovedClock clock;

    private String known() {
        return TestDatabase.ask(
                "select string_agg(id, ' ' order by seq) from inbox where sender_host = ?",
                sender.name().text());
    }

    @Test
    void forgetsWhatIsAcknowledgedAndOldAndNothingElse() {
        takePacket.take(sender.name(), sender.packet("1", "2"));
        acknowledgeMessages.acknowledge(Set.of(sender.seq("1")));

        clock.during(Duration.ofDays(7).minusMinutes(1), forgetAcknowledged::forget);
        assertThat(known()).isEqualTo("1 2");

        clock.during(Duration.ofDays(7).plusMinutes(1), forgetAcknowledged::forget);
        assertThat(known()).isEqualTo("2");
        assertThat(sender.load()).isEqualTo(sender.realLoad()).startsWith("1 ");
    }

    @Test
    void forgetsASenderOfWhomNothingIsLeft() {
        takePacket.take(sender.name(), sender.packet("1"));
        acknowledgeMessages.acknowledge(Set.of(sender.seq("1")));
        forgetAcknowledged.forget();
        assertThat(sender.load()).isEqualTo("0 0");

        clock.during(Duration.ofDays(8), forgetAcknowledged::forget);

        assertThat(sender.load()).isEqualTo("no row");
    }
}
