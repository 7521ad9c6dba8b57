package dev.posthouse.ca.profile;

import dev.posthouse.ca.key.Issuer;
import dev.posthouse.ca.key.SigningKeys;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Signs a draft and looks at the result before anybody else can (certificates, section 10): a bit
 * error must not leave.
 */
@Singleton
public final class CertificateSigner {

    private final ProfileExtensions extensions;
    private final CertificateLint lint;
    private final SigningKeys keys;

    CertificateSigner(ProfileExtensions extensions, CertificateLint lint, SigningKeys keys) {
        this.extensions = extensions;
        this.lint = lint;
        this.keys = keys;
    }

    /**
     * Signs.
     *
     * @throws GeneralSecurityException when the key fails, or what it made does not verify
     * @throws LintFinding when the certificate is not what certificates, section 10 says
     */
    public X509CertificateHolder sign(Draft draft) throws GeneralSecurityException {
        try {
            byte[] der = encoded(body(draft), draft.issuer());
            X509CertificateHolder certificate = lint.check(der, draft);
            requireVerifies(certificate, draft.issuer());
            return certificate;
        } catch (IOException impossible) {
            throw new IllegalStateException("Memory does not fail.", impossible);
        }
    }

    /** On what was read back, not on what was meant. */
    private void requireVerifies(X509CertificateHolder certificate, Issuer issuer)
            throws IOException, GeneralSecurityException {
        byte[] body =
                certificate.toASN1Structure().getTBSCertificate().getEncoded(ASN1Encoding.DER);
        if (!issuer.verifies(body, certificate.getSignature())) {
            keys.failed();
            throw new GeneralSecurityException("the signature does not verify");
        }
    }

    private TBSCertificate body(Draft draft) {
        V3TBSCertificateGenerator body = new V3TBSCertificateGenerator();
        body.setSerialNumber(new ASN1Integer(draft.serialNumber().value()));
        body.setSignature(draft.issuer().algorithm());
        body.setIssuer(draft.issuer().subject());
        body.setStartDate(new Time(Date.from(draft.notBefore())));
        body.setEndDate(new Time(Date.from(draft.notAfter())));
        body.setSubject(subject(draft));
        body.setSubjectPublicKeyInfo(draft.requester().key());
        body.setExtensions(extensions.of(draft));
        return body.generateTBSCertificate();
    }

    private static X500Name subject(Draft draft) {
        return new X500NameBuilder()
                .addRDN(BCStyle.CN, draft.requester().sessionName().value())
                .build();
    }

    private byte[] encoded(TBSCertificate body, Issuer issuer)
            throws IOException, GeneralSecurityException {
        byte[] bytes = body.getEncoded(ASN1Encoding.DER);
        byte[] signature = signature(bytes, issuer);
        ASN1EncodableVector parts = new ASN1EncodableVector();
        parts.add(body);
        parts.add(issuer.algorithm());
        parts.add(new DERBitString(signature));
        return new DERSequence(parts).getEncoded(ASN1Encoding.DER);
    }

    private byte[] signature(byte[] bytes, Issuer issuer) throws GeneralSecurityException {
        try {
            return issuer.sign(bytes);
        } catch (GeneralSecurityException | RuntimeException broken) {
            keys.failed();
            throw new GeneralSecurityException("the issuing key does not sign", broken);
        }
    }
}
