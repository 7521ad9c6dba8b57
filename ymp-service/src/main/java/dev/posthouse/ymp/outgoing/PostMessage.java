package dev.posthouse.ymp.outgoing;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.ymp.OurHost;
import dev.posthouse.ymp.YmpException;
import dev.posthouse.ymp.packet.Message;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * An application posts a message (YMP, section 9). Once that is committed it is sent, or becomes a
 * dead letter; a crash before its host is woken is seen by the next sweep.
 */
@Singleton
final class PostMessage {

    /** Once more where a repeat was forgotten between two looks. */
    private static final int LOOKS = 2;

    private final OurHost ours;
    private final Addressees addressees;
    private final Outgoing outgoing;
    private final Event<MessageDue> due;
    private final Clock clock;

    PostMessage(
            OurHost ours,
            Addressees addressees,
            Outgoing outgoing,
            Event<MessageDue> due,
            Clock clock) {
        this.ours = ours;
        this.addressees = addressees;
        this.outgoing = outgoing;
        this.due = due;
        this.clock = clock;
    }

    /**
     * Posts what an application has written.
     *
     * @return the message's id
     * @throws YmpException if it is malformed, for a host that is not sent to, or not what was
     *     posted under its id
     */
    String post(byte[] body) {
        Draft draft = Draft.read(body);
        HostName host = addressees.name(draft.host());
        String id = draft.id().orElseGet(() -> UUID.randomUUID().toString());
        Message message = Message.parse(draft.complete(ours.text(), host.text(), id));
        if (message.octets() >= Batch.ROOM) {
            throw YmpException.tooLarge("message.size", "The message does not fit a packet.");
        }
        QuarkusTransaction.requiringNew().run(() -> add(message));
        due.fire(new MessageDue(host));
        return id;
    }

    private void add(Message message) {
        addressees.requireAdmitted(message.host());
        for (int look = 0; look < LOOKS; look++) {
            if (outgoing.add(message, clock.instant())) {
                return;
            }
            Optional<byte[]> before = outgoing.contentHash(message.host(), message.id());
            if (before.isPresent()) {
                requireSame(before.get(), message);
                return;
            }
        }
        throw new IllegalStateException("A message is there and is not.");
    }

    private static void requireSame(byte[] before, Message message) {
        if (!Arrays.equals(before, HexFormat.of().parseHex(message.contentHash()))) {
            throw YmpException.conflict("message.id", "Another message has that id.");
        }
    }
}
