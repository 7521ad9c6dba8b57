package dev.posthouse.common.node;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.TBSCertificate;

/**
 * A certificate of a node (RS-002): X.509, but not of the Internet's PKI. What it says of itself is
 * read, and nothing is verified but by {@link #isSignedBy}. Of what Bouncy Castle has read nothing
 * is kept: it takes many times as much as the octets that it was read of.
 */
public final class NodeCertificate {

    private static final Set<ASN1ObjectIdentifier> UNDERSTOOD =
            Set.of(
                    Extension.basicConstraints,
                    Extension.authorityKeyIdentifier,
                    Extension.subjectKeyIdentifier);

    private static final BigInteger LONGEST = BigInteger.valueOf(Integer.MAX_VALUE);
    private static final BigInteger NO_PATH = BigInteger.ONE.negate();

    private final byte[] octets;
    private final byte[] digest;
    private final ByteBuffer signed;
    private final Optional<PssSignature> algorithm;
    private final byte[] signature;
    private final byte[] issuer;
    private final BigInteger serial;
    private final boolean understood;
    private final BasicConstraints constraints;
    private final Optional<byte[]> authorityKeyId;
    private final Optional<byte[]> subjectKeyId;
    private final NodeId id;
    private final Optional<PublicKey> key;
    private final Instant notBefore;
    private final Instant notAfter;

    private NodeCertificate(byte[] octets) {
        this.octets = octets;
        this.digest = digest(octets);
        this.signed = DerHeader.firstOf(octets);
        Certificate certificate = Certificate.getInstance(Asn1.read(octets));
        this.algorithm = algorithm(certificate);
        this.signature = certificate.getSignature().getOctets();
        TBSCertificate tbs = certificate.getTBSCertificate();
        this.issuer = Asn1.der(tbs.getIssuer());
        this.serial = tbs.getSerialNumber().getValue();
        Optional<Extensions> extensions = Optional.ofNullable(tbs.getExtensions());
        this.understood = extensions.map(NodeCertificate::isUnderstood).orElse(true);
        this.constraints =
                extensions
                        .map(BasicConstraints::fromExtensions)
                        .orElseGet(() -> new BasicConstraints(false));
        this.authorityKeyId =
                extensions
                        .map(AuthorityKeyIdentifier::fromExtensions)
                        .map(AuthorityKeyIdentifier::getKeyIdentifierOctets);
        this.subjectKeyId =
                extensions
                        .map(SubjectKeyIdentifier::fromExtensions)
                        .map(SubjectKeyIdentifier::getKeyIdentifier);
        this.id = NodeId.of(tbs.getSubjectPublicKeyInfo());
        this.key = NodeKey.usable(tbs.getSubjectPublicKeyInfo());
        this.notBefore = CertificateTime.read(tbs.getStartDate());
        this.notAfter = CertificateTime.read(tbs.getEndDate());
    }

    /**
     * Reads exactly one certificate in DER.
     *
     * @throws InvalidNodeCertificate for anything else
     */
    public static NodeCertificate parse(byte[] der) {
        byte[] octets = der.clone();
        try {
            return OddIntegers.allowedIn(() -> new NodeCertificate(octets));
        } catch (RuntimeException | StackOverflowError malformed) {
            throw new InvalidNodeCertificate(malformed);
        }
    }

    /** The certificate as it was read. */
    public byte[] octets() {
        return octets.clone();
    }

    /** Its octets. */
    public int length() {
        return octets.length;
    }

    /** SHA-256 of the certificate. */
    public byte[] digest() {
        return digest.clone();
    }

    /** SHA-256 of a certificate, whether or not these octets are one. */
    public static byte[] digest(byte[] der) {
        return NodeId.sha256(der);
    }

    /** The id of its key, whatever its name says. */
    public NodeId id() {
        return id;
    }

    /**
     * Its key.
     *
     * @throws IllegalStateException if a node may have no such key
     */
    public PublicKey publicKey() {
        return key.orElseThrow(() -> new IllegalStateException("This is no key of a node."));
    }

    /** Whether its key is one a node may have (RS-018). */
    public boolean hasUsableKey() {
        return key.isPresent();
    }

    /** The first instant of its life. */
    public Instant notBefore() {
        return notBefore;
    }

    /** The last second of its life. */
    public Instant notAfter() {
        return notAfter;
    }

    /** Whether it lives then. */
    public boolean isValidAt(Instant instant) {
        return !instant.isBefore(notBefore) && !instant.isAfter(notAfter);
    }

    /** Whether its key may issue certificates. */
    public boolean isCa() {
        return constraints.isCA();
    }

    /** How many issuers may follow it in a path, if that is bounded. */
    public OptionalInt pathLength() {
        BigInteger length = constraints.getPathLenConstraint();
        return length == null
                ? OptionalInt.empty()
                : OptionalInt.of(length.min(LONGEST).max(NO_PATH).intValue());
    }

    /** Which key signed it, as it says: the hash in that node's id. */
    public Optional<byte[]> authorityKeyId() {
        return authorityKeyId.map(byte[]::clone);
    }

    /** Whether it says that this node issued it; a certificate that says nothing says so of all. */
    public boolean namesIssuer(NodeId issuer) {
        return authorityKeyId.map(named -> Arrays.equals(named, issuer.hash())).orElse(true);
    }

    /** Whether all that it declares critical is understood here. */
    public boolean isUnderstood() {
        return understood;
    }

    private static boolean isUnderstood(Extensions extensions) {
        return UNDERSTOOD.containsAll(List.of(extensions.getCriticalExtensionOIDs()));
    }

    /**
     * Whether a signer is so named (RFC 5652, section 5.3): by issuer and serial number, or by a
     * key identifier, as the certificate has it or as RS-002 makes it of the key.
     */
    public boolean isNamedBy(SignerIdentifier signer) {
        if (signer.isTagged()) {
            byte[] named = ASN1OctetString.getInstance(signer.getId()).getOctets();
            return Arrays.equals(named, id.hash())
                    || subjectKeyId.filter(own -> Arrays.equals(named, own)).isPresent();
        }
        var named = IssuerAndSerialNumber.getInstance(signer.getId());
        return named.getSerialNumber().hasValue(serial)
                && Arrays.equals(Asn1.der(named.getName()), issuer);
    }

    /** Whether the holder of that certificate's key signed this one. */
    public boolean isSignedBy(NodeCertificate issuer) {
        return issuer.hasUsableKey()
                && algorithm.isPresent()
                && algorithm.get().verifies(issuer.publicKey(), signed.duplicate(), signature);
    }

    /** If it is named twice alike, and may be used. */
    private static Optional<PssSignature> algorithm(Certificate certificate) {
        AlgorithmIdentifier named = certificate.getSignatureAlgorithm();
        return named.equals(certificate.getTBSCertificate().getSignature())
                ? PssSignature.of(named)
                : Optional.empty();
    }

    /** For a CMS signature by its holder. */
    public IssuerAndSerialNumber issuerAndSerialNumber() {
        return new IssuerAndSerialNumber(X500Name.getInstance(Asn1.read(issuer)), serial);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodeCertificate that && Arrays.equals(digest, that.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    @Override
    public String toString() {
        return "NodeCertificate[" + id + "]";
    }
}
