package dev.posthouse.client.testing;

import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.client.node.TaggedFields;
import dev.posthouse.client.node.Validity;
import dev.posthouse.client.testing.FakeRelay.Call;
import dev.posthouse.client.testing.FakeRelay.Reply;
import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeId;
import dev.posthouse.common.node.NodeKey;
import dev.posthouse.common.node.NodeRole;
import dev.posthouse.common.node.PssSignature;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DEROctetString;

/** The private gateways of a {@link FakeRelay}: RS-016, registration and delivery. */
public final class FakeRegistry {

    private static final String OIDS = "1.3.6.1.4.1.58708.0.";
    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(ZoneOffset.UTC);
    private static final String COUNTERSIGNATURE = "Relaynet-Countersignature ";

    private final NodeIdentity identity;
    private final Clock clock;
    private final Set<NodeId> registered = new HashSet<>();
    private final Set<NodeId> revoked = new HashSet<>();
    private final Set<String> used = new HashSet<>();
    private Duration life = Duration.ofDays(180);
    private NodeIdentity issuer;
    private PublicKey otherKey;

    FakeRegistry(NodeIdentity identity, Clock clock) {
        this.identity = identity;
        this.issuer = identity;
        this.clock = clock;
    }

    public synchronized Set<NodeId> registered() {
        return Set.copyOf(registered);
    }

    public synchronized void revoke(NodeId gateway) {
        revoked.add(gateway);
    }

    /** How long the next certificates live. */
    public synchronized void issuingFor(Duration other) {
        life = other;
    }

    /** Certificates come from here now, while the answer still names the gateway itself. */
    public synchronized void issuingBy(NodeIdentity other) {
        issuer = other;
    }

    /** Certificates are about this key now. */
    public synchronized void issuingTo(PublicKey other) {
        otherKey = other;
    }

    Reply preRegister(Call call) {
        String digits = new String(call.body(), StandardCharsets.US_ASCII);
        if (!digits.matches("[0-9a-f]{64}") || !type(call).equals("text/plain")) {
            return Reply.refusal(400, "no digest");
        }
        byte[] data = Arrays.copyOf(HexFormat.of().parseHex(digits), 48);
        String expiry = DATE_TIME.format(clock.instant().plusSeconds(10));
        byte[] signature = sign(authorised(expiry, data));
        byte[] authorization =
                TaggedFields.encode(
                        TaggedFields.text(expiry),
                        new DEROctetString(data),
                        new DEROctetString(signature));
        return new Reply(
                200, "application/vnd.awala.node-registration.authorization", authorization);
    }

    synchronized Reply register(Call call) {
        TaggedFields request = TaggedFields.read(call.body());
        PublicKey key = NodeKey.parse(request.octets(0));
        byte[] countersigned = signed("2.1", request.octets(1));
        TaggedFields authorization = TaggedFields.read(request.octets(1));
        byte[] data = authorization.octets(1);
        boolean ours =
                verifies(
                        identity.certificate().publicKey(),
                        authorised(authorization.text(0), data),
                        authorization.octets(2));
        boolean fresh =
                !instant(authorization.text(0)).isBefore(clock.instant())
                        && used.add(HexFormat.of().formatHex(request.octets(1)));
        if (!type(call).equals("application/vnd.awala.node-registration.request")
                || !ours
                || !fresh
                || !verifies(key, countersigned, request.octets(2))) {
            return Reply.refusal(400, "bad registration");
        }
        NodeId id = NodeId.of(key);
        if (revoked.contains(id) || !Arrays.equals(Arrays.copyOf(data, 32), id.hash())) {
            return Reply.refusal(403, "not you");
        }
        registered.add(id);
        return new Reply(
                200,
                "application/vnd.awala.node-registration.registration",
                registration(otherKey == null ? key : otherKey));
    }

    private byte[] registration(PublicKey key) {
        Validity validity =
                new Validity(
                        clock.instant().minus(Duration.ofHours(3)), clock.instant().plus(life));
        NodeCertificate certificate =
                issuer.issue(key, NodeRole.PRIVATE_GATEWAY, validity).getFirst();
        return TaggedFields.encode(
                new DEROctetString(certificate.octets()),
                new DEROctetString(identity.certificate().octets()),
                TaggedFields.text(FakeRelay.ADDRESS),
                TaggedFields.of(
                        new DEROctetString(new byte[] {1, 2}), new DEROctetString(new byte[] {3})));
    }

    synchronized Reply deliver(Call call) {
        String authorization = call.headers().getOrDefault("Authorization", "");
        if (!type(call).equals("application/vnd.awala.parcel")) {
            return Reply.refusal(415, "no parcel");
        }
        if (!authorization.startsWith(COUNTERSIGNATURE)
                || !isOurs(
                        Base64.getDecoder()
                                .decode(authorization.substring(COUNTERSIGNATURE.length())),
                        signed("3.0", call.body()))) {
            return Reply.refusal(401, "no countersignature");
        }
        return Reply.accepted();
    }

    Reply parameters() {
        byte[] parameters =
                TaggedFields.encode(
                        TaggedFields.text(FakeRelay.ADDRESS),
                        new DEROctetString(NodeKey.encode(identity.certificate().publicKey())),
                        TaggedFields.of(
                                new DEROctetString(new byte[] {1, 2}),
                                new DEROctetString(new byte[] {3})));
        return new Reply(200, "application/vnd.etsi.tsl.der", parameters);
    }

    /** Whether a registered gateway of ours signed that nonce. */
    synchronized boolean knows(byte[] response, byte[] nonce) {
        ASN1Sequence fields = ASN1Sequence.getInstance(response);
        ASN1TaggedObject first = ASN1TaggedObject.getInstance(fields.getObjectAt(0));
        ASN1Sequence signatures = ASN1Sequence.getInstance(first, false);
        byte[] signature = ASN1OctetString.getInstance(signatures.getObjectAt(0)).getOctets();
        return signatures.size() == 1 && isOurs(signature, signed("3.1", nonce));
    }

    private boolean isOurs(byte[] signature, byte[] content) {
        Cms cms = Cms.detached(signature, content);
        NodeCertificate signer = cms.certificates().getFirst();
        return cms.isSignedBy(signer)
                && signer.isSignedBy(identity.certificate())
                && signer.isValidAt(clock.instant())
                && !revoked.contains(signer.id());
    }

    private byte[] sign(byte[] content) {
        return PssSignature.SHA_256.sign(identity.key(), content);
    }

    private static byte[] authorised(String expiry, byte[] data) {
        return TaggedFields.encode(
                new ASN1ObjectIdentifier(OIDS + "2.0"),
                TaggedFields.text(expiry),
                new DEROctetString(data));
    }

    private static byte[] signed(String oid, byte[] octets) {
        return TaggedFields.encode(
                new ASN1ObjectIdentifier(OIDS + oid), new DEROctetString(octets));
    }

    private static boolean verifies(PublicKey key, byte[] content, byte[] signature) {
        return PssSignature.SHA_256.verifies(key, content, signature);
    }

    private static Instant instant(String digits) {
        return LocalDateTime.parse(digits, DATE_TIME).toInstant(ZoneOffset.UTC);
    }

    private static String type(Call call) {
        return call.headers().getOrDefault("Content-Type", "");
    }
}
