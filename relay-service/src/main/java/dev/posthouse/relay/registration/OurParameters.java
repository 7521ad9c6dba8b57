package dev.posthouse.relay.registration;

import dev.posthouse.common.node.NodeKey;
import dev.posthouse.relay.RelayConfig;
import dev.posthouse.relay.identity.OwnIdentity;
import dev.posthouse.relay.identity.SessionKey;
import dev.posthouse.relay.wire.Fields;
import jakarta.inject.Singleton;

/** What we tell of ourselves, to whoever asks and to whoever registers (PoHTTP, section 11.1). */
@Singleton
final class OurParameters {

    private final OwnIdentity us;
    private final String internetAddress;

    OurParameters(OwnIdentity us, RelayConfig settings) {
        this.us = us;
        this.internetAddress = settings.internetAddress();
    }

    /** The parameters of a connection to us. */
    byte[] connectionParameters() {
        return Fields.none()
                .text(internetAddress)
                .octets(NodeKey.encode(us.publicKey()))
                .structure(sessionKey())
                .encoded();
    }

    /** A Private Node Registration (PNR). */
    byte[] registration(Registered registered) {
        return Fields.none()
                .octets(registered.node().octets())
                .octets(registered.gateway().octets())
                .text(internetAddress)
                .structure(sessionKey())
                .encoded();
    }

    private Fields sessionKey() {
        SessionKey key = us.sessionKey();
        return Fields.none().octets(key.id()).octets(key.publicKey());
    }
}
