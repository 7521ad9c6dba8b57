package dev.posthouse.testing;

import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.x509.Pem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.util.BigIntegers;

/**
 * Makes certificate signing requests, good ones and odd ones: {@code CsrMaker.p256().csr(name,
 * "192.168.1.7")}.
 *
 * <p>Every {@code with…} replaces one part before the request is signed with the maker's own key,
 * so that a refusal is for that part alone.
 */
public final class CsrMaker {

    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
    private static final Map<String, KeyPair> SLOW_KEYS = new ConcurrentHashMap<>();

    private final KeyPair keyPair;
    private ASN1Encodable version = new ASN1Integer(0);
    private ASN1Encodable subject;
    private ASN1Encodable spki;
    private ASN1Encodable[] attributes;
    private AlgorithmIdentifier algorithm;
    private String signer;

    private CsrMaker(KeyPair keyPair, String signer) {
        this.keyPair = keyPair;
        this.spki = SubjectPublicKeyInfo.getInstance(keyPair.getPublic().getEncoded());
        withSigner(signer);
    }

    /** A maker with a fresh P-256 key. */
    public static CsrMaker p256() {
        return of(keyPair("EC", 256), "SHA256WITHECDSA");
    }

    /** A maker with a fresh P-384 key. */
    public static CsrMaker p384() {
        return of(keyPair("EC", 384), "SHA384WITHECDSA");
    }

    /** A maker with a fresh Ed25519 key. */
    public static CsrMaker ed25519() {
        return of(keyPair("Ed25519", 255), "ED25519");
    }

    /** A maker with an RSA-2048 key, the same one in the whole test run. */
    public static CsrMaker rsa2048() {
        return of(
                SLOW_KEYS.computeIfAbsent("RSA-2048", key -> keyPair("RSA", 2048)),
                "SHA256WITHRSA");
    }

    /** A maker with a given key, and the name of an algorithm that fits it. */
    public static CsrMaker of(KeyPair keyPair, String signer) {
        return new CsrMaker(keyPair, signer);
    }

    /** The armour of a request for this session name and address. */
    public String csr(String sessionName, String address) {
        return named(sessionName).at(address).pem();
    }

    /** The subject {@code CN=<sessionName>}. */
    public CsrMaker named(String sessionName) {
        return withSubject(new X500NameBuilder().addRDN(BCStyle.CN, sessionName).build());
    }

    /** One SAN with one IP address. */
    public CsrMaker at(String address) {
        return withSan(
                new GeneralName(
                        GeneralName.iPAddress,
                        new DEROctetString(IpAddress.parse(address).octets())));
    }

    /** One SAN with these names. */
    public CsrMaker withSan(GeneralName... names) {
        return withExtensions(
                extension(
                        Extension.subjectAlternativeName.getId(), false, new GeneralNames(names)));
    }

    /** One extensionRequest with these extensions. */
    public CsrMaker withExtensions(ASN1Encodable... extensions) {
        return withAttributes(
                attribute(
                        PKCSObjectIdentifiers.pkcs_9_at_extensionRequest.getId(),
                        new DERSequence(extensions)));
    }

    /** These attributes in place of the extensionRequest. */
    public CsrMaker withAttributes(ASN1Encodable... replacement) {
        attributes = replacement;
        return this;
    }

    /** No attributes at all, not even an empty set. */
    public CsrMaker withoutAttributes() {
        attributes = null;
        return this;
    }

    /** Another version. */
    public CsrMaker withVersion(ASN1Encodable replacement) {
        version = replacement;
        return this;
    }

    /** Another subject. */
    public CsrMaker withSubject(ASN1Encodable replacement) {
        subject = replacement;
        return this;
    }

    /** Another SubjectPublicKeyInfo; the request is still signed with the maker's own key. */
    public CsrMaker withSpki(ASN1Encodable replacement) {
        spki = replacement;
        return this;
    }

    /** Another algorithm for the signature. */
    public CsrMaker withSigner(String name) {
        signer = name;
        return withAlgorithm(new DefaultSignatureAlgorithmIdentifierFinder().find(name));
    }

    /** Another name for the algorithm, whatever signs. */
    public CsrMaker withAlgorithm(AlgorithmIdentifier replacement) {
        algorithm = replacement;
        return this;
    }

    /** An attribute as a CSR holds it. */
    public static ASN1Encodable attribute(String oid, ASN1Encodable... values) {
        return new DERSequence(
                new ASN1Encodable[] {new ASN1ObjectIdentifier(oid), new DERSet(values)});
    }

    /** An extension as a CSR asks for it. */
    public static ASN1Encodable extension(String oid, boolean critical, ASN1Encodable value) {
        return new Extension(new ASN1ObjectIdentifier(oid), critical, encoded(value));
    }

    /** The key pair that signs. */
    public KeyPair keyPair() {
        return keyPair;
    }

    /** The request's armour. */
    public String pem() {
        return pem(der());
    }

    /** The armour of any bytes. */
    public static String pem(byte[] der) {
        return Pem.encode("CERTIFICATE REQUEST", der);
    }

    /** The request's bytes. */
    public byte[] der() {
        return der(info());
    }

    /** The bytes of the CertificationRequestInfo. */
    public byte[] info() {
        ASN1EncodableVector parts = new ASN1EncodableVector();
        parts.addAll(new ASN1Encodable[] {version, subject, spki});
        if (attributes != null) {
            parts.add(new DERTaggedObject(false, 0, new DERSet(attributes)));
        }
        return encoded(new DERSequence(parts));
    }

    /** The raw hook: a request around any bytes in place of the info, signed as they are. */
    public byte[] der(byte[] info) {
        return der(info, sign(info));
    }

    /** The same with any signature. */
    public byte[] der(byte[] info, byte[] signature) {
        return tlv(0x30, info, encoded(algorithm), encoded(new DERBitString(signature)));
    }

    /** A tag, a definite length in the fewest octets, and contents that are taken as they are. */
    public static byte[] tlv(int tag, byte[]... contents) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        Stream.of(contents).forEach(content::writeBytes);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length < 0x80) {
            out.write(length);
        } else {
            byte[] octets = BigIntegers.asUnsignedByteArray(BigInteger.valueOf(length));
            out.write(0x80 | octets.length);
            out.writeBytes(octets);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private byte[] sign(byte[] info) {
        try {
            Signature signature = Signature.getInstance(signer, PROVIDER);
            signature.initSign(keyPair.getPrivate());
            signature.update(info);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keyPair(String algorithm, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, PROVIDER);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encoded(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
