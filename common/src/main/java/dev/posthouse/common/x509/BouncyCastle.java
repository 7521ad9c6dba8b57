package dev.posthouse.common.x509;

import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The crypto provider of every hot path; one, because making one takes a tenth of a second. */
public final class BouncyCastle {

    /** Named wherever a key, a signature or a certificate is made; never installed by this. */
    public static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    private BouncyCastle() {}
}
