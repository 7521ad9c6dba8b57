package dev.posthouse.ymp.receiving;

import dev.posthouse.ymp.packet.Message;
import java.util.Collection;

/**
 * So much of one sender.
 *
 * @param messages how many
 * @param octets how long they are together
 */
record Load(long messages, long octets) {

    static Load of(Collection<Message> messages) {
        return new Load(messages.size(), messages.stream().mapToLong(Message::octets).sum());
    }

    Load minus(Load other) {
        return new Load(messages - other.messages, octets - other.octets);
    }

    boolean exceeds(Load most) {
        return messages > most.messages || octets > most.octets;
    }
}
