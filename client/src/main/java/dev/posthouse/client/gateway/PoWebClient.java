package dev.posthouse.client.gateway;

import dev.posthouse.client.https.Answer;
import dev.posthouse.client.https.Answer.Final;
import dev.posthouse.client.https.Answer.Good;
import dev.posthouse.client.https.Answer.Later;
import dev.posthouse.client.https.Octets;
import dev.posthouse.client.https.OctetsApi;
import dev.posthouse.client.https.Patience;
import dev.posthouse.client.node.CmsSignature;
import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.client.node.TaggedFields;
import dev.posthouse.common.node.NodeId;
import dev.posthouse.common.node.NodeKey;
import dev.posthouse.common.node.PssSignature;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.function.Supplier;
import org.bouncycastle.asn1.DEROctetString;

/**
 * A private gateway's calls of its Internet gateway (RS-016), each repeated until it is settled or
 * its time is over: all may be repeated.
 *
 * @param api the Internet gateway's
 * @param patience how to wait between attempts
 * @param clock by which time is over
 * @param timeout how long one call goes on
 */
public record PoWebClient(OctetsApi api, Patience patience, Clock clock, Duration timeout)
        implements AutoCloseable {

    /** Who the Internet gateway is, and by which name. */
    public ConnectionParameters parameters() {
        return ConnectionParameters.read(
                settled(() -> api.get(PoWeb.PARAMETERS, PoWeb.PARAMETERS_TYPE)));
    }

    /**
     * Registers the holder of a key; once more gives a new certificate. An authorisation lives ten
     * seconds, so each attempt begins with a new one.
     */
    public Registration register(KeyPair pair) {
        byte[] registration =
                settled(() ->
                        switch (preRegister(pair)) {
                            case Good authorised -> register(pair, authorised.body());
                            case Later later -> later;
                            case Final refused -> refused;
                        });
        return Registration.read(registration).require(pair, clock.instant());
    }

    /** Hands a parcel over, for wherever it goes. */
    public void deliver(byte[] parcel, NodeIdentity gateway) {
        byte[] countersigned =
                TaggedFields.encode(PoWeb.PARCEL_DELIVERY, new DEROctetString(parcel));
        byte[] signature = new CmsSignature(gateway).detached(countersigned);
        String authorization =
                PoWeb.COUNTERSIGNATURE + Base64.getEncoder().encodeToString(signature);
        Octets octets = new Octets(PoWeb.PARCEL, parcel, Map.of("Authorization", authorization));
        settled(() -> api.post(PoWeb.PARCELS, octets));
    }

    /** What waits for the endpoints of this private gateway. */
    public Collection collection(NodeIdentity gateway) {
        return new Collection(this, gateway);
    }

    private Answer preRegister(KeyPair pair) {
        String hash = NodeId.of(pair.getPublic()).text().substring(1);
        Octets octets = new Octets("text/plain", hash.getBytes(StandardCharsets.US_ASCII));
        return api.post(PoWeb.PRE_REGISTRATIONS, octets, PoWeb.AUTHORIZATION);
    }

    private Answer register(KeyPair pair, byte[] authorization) {
        DEROctetString authorized = new DEROctetString(authorization);
        byte[] countersigned = TaggedFields.encode(PoWeb.REGISTRATION_COUNTERSIGNATURE, authorized);
        byte[] request =
                TaggedFields.encode(
                        new DEROctetString(NodeKey.encode(pair.getPublic())),
                        authorized,
                        new DEROctetString(
                                PssSignature.SHA_256.sign(pair.getPrivate(), countersigned)));
        return api.post(PoWeb.NODES, new Octets(PoWeb.REQUEST, request), PoWeb.REGISTRATION);
    }

    byte[] settled(Supplier<Answer> call) {
        return patience.untilSettled(clock.instant().plus(timeout), call);
    }

    @Override
    public void close() {
        api.close();
    }
}
