package dev.posthouse.client.gateway;

import dev.posthouse.client.failure.ClientException.WrongAnswer;
import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.client.node.TaggedFields;
import dev.posthouse.common.guard.HostName;
import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeRole;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A private gateway's place below its Internet gateway.
 *
 * @param certificate the private gateway's own
 * @param gateway the Internet gateway's, which issued it
 * @param internetAddress the name that parcels for this private gateway carry
 * @param sessionKey the Internet gateway's key for cargo, if it has one
 */
public record Registration(
        NodeCertificate certificate,
        NodeCertificate gateway,
        String internetAddress,
        Optional<SessionKey> sessionKey) {

    /** Reads an answer; a name may say nothing more than where the gateway is. */
    static Registration read(byte[] octets) {
        try {
            TaggedFields fields = TaggedFields.read(octets);
            return new Registration(
                    NodeCertificate.parse(fields.octets(0)),
                    NodeCertificate.parse(fields.octets(1)),
                    HostName.parse(fields.text(2)).text(),
                    fields.innerIfAny(3).map(SessionKey::read));
        } catch (IllegalArgumentException e) {
            throw new WrongAnswer("the registration cannot be read", e);
        }
    }

    /** Refuses a certificate that is of no use to this key, now. */
    Registration require(KeyPair pair, Instant now) {
        require(
                certificate.hasUsableKey() && certificate.publicKey().equals(pair.getPublic()),
                "the certificate is for another key");
        require(certificate.isSignedBy(gateway), "the gateway did not sign the certificate");
        require(
                NodeRole.PRIVATE_GATEWAY.isHeldBy(certificate)
                        && NodeRole.INTERNET_GATEWAY.isHeldBy(gateway),
                "the certificate is not that of a private gateway");
        require(
                certificate.isValidAt(now) && gateway.isValidAt(now),
                "the certificate is not valid at " + now + ": is this machine's clock right?");
        return this;
    }

    /** The node that is registered. */
    public NodeIdentity identity(KeyPair pair) {
        return new NodeIdentity(pair.getPrivate(), List.of(certificate, gateway));
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new WrongAnswer(problem);
        }
    }
}
