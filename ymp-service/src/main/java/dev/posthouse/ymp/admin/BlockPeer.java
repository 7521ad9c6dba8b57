package dev.posthouse.ymp.admin;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.ymp.outgoing.MessageDue;
import dev.posthouse.ymp.peer.Peers;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/**
 * An operator decides whether we have to do with a host (YMP, section 9). While it is blocked,
 * messages for it wait, and are given up when they have waited too long.
 */
@Singleton
final class BlockPeer {

    private final Peers peers;
    private final Event<MessageDue> due;

    BlockPeer(Peers peers, Event<MessageDue> due) {
        this.peers = peers;
        this.due = due;
    }

    /** No call to it from now on, and no packet from it; a packet under way may still arrive. */
    void block(HostName host) {
        QuarkusTransaction.requiringNew().run(() -> peers.block(host));
    }

    /** It is like any other again, and what waits for it is sent. */
    void unblock(HostName host) {
        QuarkusTransaction.requiringNew().run(() -> peers.unblock(host));
        due.fire(new MessageDue(host));
    }
}
