package dev.posthouse.ymp.receiving;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.ymp.OurHost;
import dev.posthouse.ymp.YmpException;
import dev.posthouse.ymp.packet.Message;
import dev.posthouse.ymp.packet.Packet;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Takes a packet of another host, all of it or nothing (YMP, sections 3.3 and 6).
 *
 * <ol>
 *   <li>Read it.
 *   <li>Each message must come from the host that the token was granted to, and be for us.
 *   <li>Store what is new; commit. From here on it will be delivered at least once.
 *   <li>Wake who waits for messages.
 * </ol>
 *
 * A crash after 3 leaves a packet whose sender does not know: it repeats it, and nothing is stored
 * twice.
 */
@Singleton
final class TakePacket {

    private final OurHost ours;
    private final StoreMessages storeMessages;
    private final PacketOutcomes outcomes;
    private final Arrivals arrivals;

    TakePacket(
            OurHost ours, StoreMessages storeMessages, PacketOutcomes outcomes, Arrivals arrivals) {
        this.ours = ours;
        this.storeMessages = storeMessages;
        this.outcomes = outcomes;
        this.arrivals = arrivals;
    }

    /**
     * Takes the body of a packet's request.
     *
     * @param sender whom the token was granted to
     * @throws YmpException if nothing of it is taken
     */
    void take(HostName sender, byte[] body) {
        try {
            Collection<Message> messages = read(sender, body);
            int added = messages.isEmpty() ? 0 : storeMessages.store(sender, messages);
            if (added > 0) {
                arrivals.arrived();
            }
            outcomes.taken(added, messages.size() - added);
        } catch (YmpException refusal) {
            outcomes.refused(sender, refusal.code());
            throw refusal;
        } catch (RuntimeException failure) {
            outcomes.failed();
            throw failure;
        }
    }

    private Collection<Message> read(HostName sender, byte[] body) {
        Map<String, Message> messages = new LinkedHashMap<>();
        for (Message message : Packet.parse(body).messages()) {
            if (!message.sender().equals(sender)) {
                throw YmpException.forbidden(
                        "packet.sender", "A message is not from the host that holds the token.");
            }
            if (!message.host().equals(ours.name())) {
                throw YmpException.forbidden("packet.host", "A message is for another host.");
            }
            Message before = messages.putIfAbsent(message.id(), message);
            if (before != null && !before.contentHash().equals(message.contentHash())) {
                throw StoreMessages.conflict();
            }
        }
        return messages.values();
    }
}
