package dev.posthouse.ymp.receiving;

import dev.posthouse.common.event.Event;
import dev.posthouse.common.event.MessageReceived;
import dev.posthouse.common.event.PacketAccepted;
import dev.posthouse.common.guard.HostName;
import dev.posthouse.common.outbox.Outbox;
import dev.posthouse.ymp.YmpConfig;
import dev.posthouse.ymp.YmpException;
import dev.posthouse.ymp.packet.Message;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Stores the messages of a packet and announces them, in one transaction of two statements (YMP,
 * section 6).
 */
@Singleton
final class StoreMessages {

    /** Kafka's default limit of a record is below ours of a packet (section 9). */
    private static final int LONGEST_IN_EVENT = 64 * 1024;

    private static final Duration UNTIL_ACKNOWLEDGED = Duration.ofSeconds(10);

    private final Turns turns = new Turns();
    private final Intake intake;
    private final Outbox outbox;
    private final Load most;
    private final Clock clock;

    StoreMessages(Intake intake, Outbox outbox, YmpConfig settings, Clock clock) {
        this.intake = intake;
        this.outbox = outbox;
        this.most = new Load(settings.inbox().messages(), settings.inbox().octets());
        this.clock = clock;
    }

    /**
     * Stores those that are not there.
     *
     * @return how many that were
     * @throws YmpException if one is there with other content, or too much would wait
     */
    int store(HostName sender, Collection<Message> messages) {
        return turns.inTurn(
                sender,
                () ->
                        QuarkusTransaction.requiringNew()
                                .call(() -> add(sender, messages, clock.instant())));
    }

    private int add(HostName sender, Collection<Message> messages, Instant now) {
        Intake.Added result = intake.add(sender, messages, now);
        List<Message> added = result.among(messages);
        if (!added.isEmpty() && result.waiting().exceeds(most)) {
            throw YmpException.tooMany(
                    "inbox.full", "Too much of yours waits in the inbox.", UNTIL_ACKNOWLEDGED);
        }
        outbox.addAll(events(sender, added, result.numbers(), now));
        return added.size();
    }

    private static List<Event<?>> events(
            HostName sender, List<Message> added, Map<String, Long> numbers, Instant now) {
        List<Event<?>> events = new ArrayList<>();
        for (Message message : added) {
            events.add(Event.of(received(message, numbers.get(message.id())), now));
        }
        if (!added.isEmpty()) {
            events.add(Event.of(new PacketAccepted(sender.text(), added.size()), now));
        }
        return events;
    }

    private static MessageReceived received(Message message, long seq) {
        String text = message.octets() > LONGEST_IN_EVENT ? null : message.text();
        return new MessageReceived(message.sender().text(), message.id(), seq, text);
    }

    static YmpException conflict() {
        return YmpException.conflict(
                "message.conflict", "A message has the id of another with other content.");
    }
}
