package dev.posthouse.client.parcel;

import dev.posthouse.client.node.CmsSignature;
import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.client.node.TaggedFields;
import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeId;
import dev.posthouse.common.node.PssSignature;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DEROctetString;

/**
 * Makes parcels in today's format (RS-001): {@code "Awala"}, type, version, and SignedData around
 * the five fields. It checks nothing: whatever is given is encoded and signed, so that other
 * people's mistakes can be made too. {@link NewParcel} keeps the rules.
 */
public final class ParcelBuilder {

    /** How long the libraries let a parcel live that says nothing else. */
    public static final Duration USUAL_TTL = Duration.ofMinutes(5);

    private static final byte[] HEAD = {'A', 'w', 'a', 'l', 'a', 0x50, 0};
    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(ZoneOffset.UTC);
    private static final int ATTEMPTS = 4;

    private final NodeIdentity sender;
    private List<NodeCertificate> attached;
    private PssSignature algorithm = PssSignature.SHA_256;
    private String recipient;
    private String internetAddress;
    private String id = UUID.randomUUID().toString();
    private String created;
    private BigInteger ttl = BigInteger.valueOf(USUAL_TTL.toSeconds());
    private byte[] payload = {};

    /**
     * A parcel for the endpoint that issued the sender's certificate, for its own gateway to find.
     */
    public ParcelBuilder(NodeIdentity sender, Instant created) {
        this.sender = sender;
        this.attached = sender.chainWithoutRoot();
        this.recipient = attached.get(Math.min(1, attached.size() - 1)).id().text();
        created(created);
    }

    /** For this endpoint instead. */
    public ParcelBuilder recipient(NodeId other) {
        return recipient(other.text());
    }

    /** For whatever this is. */
    public ParcelBuilder recipient(String other) {
        recipient = other;
        return this;
    }

    /** The recipient's gateway, or that of a recipient who is on the Internet; null for none. */
    public ParcelBuilder internetAddress(String name) {
        internetAddress = name;
        return this;
    }

    /** The message id; a new UUID otherwise. */
    public ParcelBuilder id(String other) {
        id = other;
        return this;
    }

    /** When it was made. */
    public ParcelBuilder created(Instant moment) {
        return created(DATE_TIME.format(moment));
    }

    /** When it was made, in whatever form. */
    public ParcelBuilder created(String digits) {
        created = digits;
        return this;
    }

    /** How long it lives. */
    public ParcelBuilder ttl(Duration length) {
        return ttl(BigInteger.valueOf(length.toSeconds()));
    }

    /** How long it lives, in seconds, however few or many. */
    public ParcelBuilder ttl(BigInteger seconds) {
        ttl = seconds;
        return this;
    }

    /** What it carries; nobody on the way looks into it. */
    public ParcelBuilder payload(byte[] octets) {
        payload = octets.clone();
        return this;
    }

    /** Zeros, as many as make the whole parcel this long. */
    public ParcelBuilder fillTo(int octets) {
        payload = new byte[octets];
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int over = build().length - octets;
            if (over == 0) {
                return this;
            }
            if (over > payload.length) {
                break;
            }
            payload = new byte[payload.length - over];
        }
        throw new IllegalArgumentException("no payload makes a parcel of " + octets + " octets");
    }

    /** The certificates that go with it, in this order, instead of the sender's chain. */
    public ParcelBuilder attach(List<NodeCertificate> certificates) {
        attached = List.copyOf(certificates);
        return this;
    }

    /** What it is signed with. */
    public ParcelBuilder algorithm(PssSignature other) {
        algorithm = other;
        return this;
    }

    /** The five fields, which are what is signed. */
    public byte[] fieldSet() {
        ASN1Encodable to = TaggedFields.text(recipient);
        return TaggedFields.encode(
                internetAddress == null
                        ? TaggedFields.of(to)
                        : TaggedFields.of(to, TaggedFields.text(internetAddress)),
                TaggedFields.text(id),
                TaggedFields.text(created),
                new ASN1Integer(ttl),
                new DEROctetString(payload));
    }

    /** The parcel. */
    public byte[] build() {
        return build(fieldSet());
    }

    /** A parcel with these octets in the place of the fields. */
    public byte[] build(byte[] content) {
        ByteArrayOutputStream parcel = new ByteArrayOutputStream();
        parcel.writeBytes(HEAD);
        parcel.writeBytes(new CmsSignature(sender, algorithm).around(content, attached));
        return parcel.toByteArray();
    }
}
