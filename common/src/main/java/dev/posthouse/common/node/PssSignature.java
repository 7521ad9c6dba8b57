package dev.posthouse.common.node;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * The signatures of nodes (RS-018): RSASSA-PSS with one hash throughout and a salt as long as it.
 * All that we make use {@link #SHA_256}. The JDK computes them: as fast as Bouncy Castle, which
 * besides tests the modulus of every key that is new to it for primes, for longer than a hundred
 * signatures take.
 */
public enum PssSignature {
    /** With SHA-256. */
    SHA_256("SHA-256", "2.16.840.1.101.3.4.2.1", 32),
    /** With SHA-384. */
    SHA_384("SHA-384", "2.16.840.1.101.3.4.2.2", 48),
    /** With SHA-512. */
    SHA_512("SHA-512", "2.16.840.1.101.3.4.2.3", 64);

    private final String hash;
    private final String hashId;
    private final int length;

    PssSignature(String hash, String hashId, int length) {
        this.hash = hash;
        this.hashId = hashId;
        this.length = length;
    }

    /** The algorithm so identified, if nodes may use it; what cannot be read is none of theirs. */
    public static Optional<PssSignature> of(AlgorithmIdentifier algorithm) {
        if (!algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS)
                || algorithm.getParameters() == null) {
            return Optional.empty();
        }
        try {
            RSASSAPSSparams named = RSASSAPSSparams.getInstance(algorithm.getParameters());
            return ofHash(named.getHashAlgorithm()).filter(one -> one.isNamedBy(named));
        } catch (RuntimeException odd) {
            return Optional.empty();
        }
    }

    /** The one with this hash, if nodes may use that. */
    public static Optional<PssSignature> ofHash(AlgorithmIdentifier algorithm) {
        boolean plain =
                algorithm.getParameters() == null
                        || DERNull.INSTANCE.equals(algorithm.getParameters());
        for (PssSignature one : values()) {
            if (plain && one.hashId.equals(algorithm.getAlgorithm().getId())) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    private boolean isNamedBy(RSASSAPSSparams named) {
        AlgorithmIdentifier mask = named.getMaskGenAlgorithm();
        return mask.getAlgorithm().equals(PKCSObjectIdentifiers.id_mgf1)
                && mask.getParameters() != null
                && ofHash(AlgorithmIdentifier.getInstance(mask.getParameters()))
                        .equals(Optional.of(this))
                && named.getSaltLength().equals(BigInteger.valueOf(length))
                && named.getTrailerField().equals(RSASSAPSSparams.DEFAULT_TRAILER_FIELD.getValue());
    }

    /** How certificates and messages name it. */
    public AlgorithmIdentifier identifier() {
        var hashing = new AlgorithmIdentifier(new ASN1ObjectIdentifier(hashId), DERNull.INSTANCE);
        var mask = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, hashing);
        return new AlgorithmIdentifier(
                PKCSObjectIdentifiers.id_RSASSA_PSS,
                new RSASSAPSSparams(
                        hashing,
                        mask,
                        new ASN1Integer(length),
                        RSASSAPSSparams.DEFAULT_TRAILER_FIELD));
    }

    /** The hash as the JDK names it. */
    public String hash() {
        return hash;
    }

    /** Signs. */
    public byte[] sign(PrivateKey key, byte[] content) {
        try {
            Signature signature = signature();
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException("This key cannot sign.", unusable);
        }
    }

    /** Whether the holder of this key signed that. */
    public boolean verifies(PublicKey key, byte[] content, byte[] signature) {
        return verifies(key, ByteBuffer.wrap(content), signature);
    }

    /** Whether the holder of this key signed what is left in the buffer. */
    public boolean verifies(PublicKey key, ByteBuffer content, byte[] signature) {
        return verifies(key, List.of(content), signature);
    }

    /** Whether the holder of this key signed what is left in the buffers, one after the other. */
    public boolean verifies(PublicKey key, Iterable<ByteBuffer> content, byte[] signature) {
        try {
            Signature verifier = signature();
            verifier.initVerify(key);
            for (ByteBuffer part : content) {
                verifier.update(part.duplicate());
            }
            return verifier.verify(signature);
        } catch (SignatureException malformed) {
            return false;
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException("This key cannot verify.", unusable);
        }
    }

    private Signature signature() throws GeneralSecurityException {
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(
                new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), length, 1));
        return signature;
    }
}
