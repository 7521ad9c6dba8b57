package dev.posthouse.relay.registration;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.posthouse.common.node.NodeId;
import dev.posthouse.common.node.NodeKey;
import dev.posthouse.common.node.PssSignature;
import dev.posthouse.relay.RelayUnderTest;
import dev.posthouse.testing.RsaKeys;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;

/** A private gateway that registers, as the deployed clients do. */
public final class TestNode {

    private static final ASN1ObjectIdentifier COUNTERSIGNATURE =
            new ASN1ObjectIdentifier("1.3.6.1.4.1.58708.0.2.1");

    private static final Random RANDOM = new Random();

    private final KeyPair pair;

    private TestNode(KeyPair pair) {
        this.pair = pair;
    }

    /** One that nobody has heard of. */
    public static TestNode create() {
        return new TestNode(RsaKeys.next());
    }

    static TestNode create(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return new TestNode(generator.generateKeyPair());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Its key. */
    public KeyPair pair() {
        return pair;
    }

    /** Its id. */
    public NodeId id() {
        return NodeId.of(pair.getPublic());
    }

    byte[] publicKey() {
        return NodeKey.encode(pair.getPublic());
    }

    String keyDigest() {
        return HexFormat.of().formatHex(id().hash());
    }

    /** Somebody whom no limit has counted. */
    static RequestSpecification somebody() {
        return RelayUnderTest.stranger("198.18." + RANDOM.nextInt(256) + "." + RANDOM.nextInt(256));
    }

    /** Asks to be authorised. */
    static Response preRegister(String digest) {
        return somebody()
                .contentType("text/plain")
                .body(digest.getBytes(US_ASCII))
                .post("/v1/pre-registrations");
    }

    /** An authorisation for this node. */
    byte[] authorization() {
        return preRegister(keyDigest()).then().statusCode(200).extract().asByteArray();
    }

    /** A request with that authorisation. */
    byte[] request(byte[] authorization) {
        return structure(publicKey(), authorization, countersignature(authorization));
    }

    byte[] countersignature(byte[] authorization) {
        return PssSignature.SHA_256.sign(pair.getPrivate(), countersigned(authorization));
    }

    private static byte[] countersigned(byte[] authorization) {
        return der(
                new DERSequence(
                        new DERTaggedObject[] {
                            new DERTaggedObject(false, 0, COUNTERSIGNATURE),
                            new DERTaggedObject(false, 1, new DEROctetString(authorization))
                        }));
    }

    static byte[] structure(byte[]... octets) {
        DERTaggedObject[] fields = new DERTaggedObject[octets.length];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = new DERTaggedObject(false, i, new DEROctetString(octets[i]));
        }
        return der(new DERSequence(fields));
    }

    private static byte[] der(DERSequence sequence) {
        try {
            return sequence.getEncoded();
        } catch (java.io.IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Response post(byte[] request) {
        return somebody()
                .contentType("application/vnd.awala.node-registration.request")
                .body(request)
                .post("/v1/nodes");
    }

    /** Registers, and is told the whole registration. */
    public byte[] register() {
        return post(request(authorization())).then().statusCode(200).extract().asByteArray();
    }
}
