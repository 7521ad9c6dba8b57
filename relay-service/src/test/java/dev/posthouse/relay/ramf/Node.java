package dev.posthouse.relay.ramf;

import dev.posthouse.common.node.NodeId;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Whoever holds a key: those of the vectors, and others. */
record Node(KeyPair keys) {

    static final Node GATEWAY = ofVectors("internet-gateway");
    static final Node PRIVATE_GATEWAY = ofVectors("private-gateway");
    static final Node ENDPOINT = ofVectors("recipient-endpoint");
    static final Node SENDER = ofVectors("sender-endpoint");
    static final Node STRANGER = made("RSA", 2048);

    static Node made(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return new Node(generator.generateKeyPair());
        } catch (GeneralSecurityException unknown) {
            throw new IllegalStateException(unknown);
        }
    }

    private static Node ofVectors(String name) {
        try {
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            var key =
                    (RSAPrivateCrtKey)
                            rsa.generatePrivate(new PKCS8EncodedKeySpec(Vectors.key(name)));
            var open = new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
            return new Node(new KeyPair(rsa.generatePublic(open), key));
        } catch (GeneralSecurityException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    NodeId id() {
        return NodeId.of(SubjectPublicKeyInfo.getInstance(open().getEncoded()));
    }

    PublicKey open() {
        return keys.getPublic();
    }
}
