package dev.posthouse.common.node;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;

/** Key pairs for tests. */
final class Keys {

    static final KeyPair GATEWAY = rsa(2048);
    static final KeyPair ENDPOINT = rsa(2048);

    private Keys() {}

    static KeyPair rsa(int bits) {
        return of("RSA", bits);
    }

    static KeyPair of(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException unknown) {
            throw new IllegalStateException(unknown);
        }
    }
}
