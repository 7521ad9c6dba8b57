package dev.posthouse.relay.ramf;

import dev.posthouse.common.x509.BouncyCastle;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;

/** Signature algorithms, allowed or not. */
enum Algorithm {
    PSS("SHA256withRSAandMGF1"),
    PSS_384("SHA384withRSAandMGF1"),
    PSS_512("SHA512withRSAandMGF1"),
    PSS_SHA1("SHA1withRSAandMGF1"),
    PSS_SHORT_SALT("SHA256withRSAandMGF1"),
    PSS_NULL("SHA256withRSAandMGF1"),
    PKCS1("SHA256withRSA"),
    ECDSA("SHA256withECDSA");

    private static final int SHORT = 20;

    private final String name;

    Algorithm(String name) {
        this.name = name;
    }

    AlgorithmIdentifier identifier() {
        return switch (this) {
            case PSS_SHORT_SALT ->
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS, shortSalt());
            case PSS_NULL ->
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS, DERNull.INSTANCE);
            default -> new DefaultSignatureAlgorithmIdentifierFinder().find(name);
        };
    }

    private static RSASSAPSSparams shortSalt() {
        var hash = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);
        return new RSASSAPSSparams(
                hash,
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, hash),
                new ASN1Integer(SHORT),
                RSASSAPSSparams.DEFAULT_TRAILER_FIELD);
    }

    byte[] sign(Node signer, byte[] content) {
        try {
            Signature signature = Signature.getInstance(name, BouncyCastle.PROVIDER);
            if (this == PSS_SHORT_SALT) {
                signature.setParameter(
                        new PSSParameterSpec(
                                "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, SHORT, 1));
            }
            signature.initSign(signer.keys().getPrivate());
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException(unusable);
        }
    }
}
