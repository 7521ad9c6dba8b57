package dev.posthouse.ca.profile;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Our own checks of certificates, section 10, row by row, on the signed bytes. It reads what {@link
 * CertificateSigner} wrote and shares no code with it.
 */
@Singleton
final class CertificateLint {

    private static final int MOST_SERIAL_OCTETS = 20;
    private static final int VERSION_3 = 3;

    /** 397 days, and the most that a skew may add. */
    private static final Duration MOST_VALIDITY = Duration.ofDays(398);

    private final ExtensionLint extensions;

    CertificateLint(ExtensionLint extensions) {
        this.extensions = extensions;
    }

    /**
     * Looks at every row.
     *
     * @return the certificate, read back
     * @throws LintFinding naming the first row that is broken
     */
    X509CertificateHolder check(byte[] der, Draft draft) {
        try {
            X509CertificateHolder certificate = new X509CertificateHolder(der);
            TBSCertificate body = certificate.toASN1Structure().getTBSCertificate();
            LintFinding.unless(
                    Arrays.equals(certificate.toASN1Structure().getEncoded(ASN1Encoding.DER), der),
                    "strict DER");
            LintFinding.unless(body.getVersionNumber() == VERSION_3, "version");
            checkSerial(body.getSerialNumber().getValue(), draft);
            checkSignature(certificate, draft);
            LintFinding.unless(same(body.getIssuer(), draft.issuer().subject()), "issuer");
            checkSubject(body.getSubject(), draft);
            checkValidity(certificate, draft);
            LintFinding.unless(
                    same(body.getSubjectPublicKeyInfo(), draft.requester().key()),
                    "subjectPublicKeyInfo");
            LintFinding.unless(
                    body.getIssuerUniqueId() == null && body.getSubjectUniqueId() == null,
                    "unique identifiers");
            extensions.check(body.getExtensions(), draft);
            return certificate;
        } catch (IOException | IllegalArgumentException | ClassCastException unreadable) {
            throw new LintFinding("readable");
        }
    }

    private static void checkSerial(BigInteger serial, Draft draft) {
        LintFinding.unless(
                serial.signum() > 0 && serial.toByteArray().length <= MOST_SERIAL_OCTETS,
                "serial number");
        LintFinding.unless(serial.equals(draft.serialNumber().value()), "reserved serial number");
    }

    private static void checkSignature(X509CertificateHolder certificate, Draft draft)
            throws IOException {
        AlgorithmIdentifier expected = draft.issuer().algorithm();
        TBSCertificate body = certificate.toASN1Structure().getTBSCertificate();
        LintFinding.unless(
                same(certificate.getSignatureAlgorithm(), expected)
                        && same(body.getSignature(), expected),
                "signature algorithm");
    }

    private static void checkSubject(X500Name subject, Draft draft) {
        RDN[] names = subject.getRDNs();
        LintFinding.unless(
                names.length == 1
                        && !names[0].isMultiValued()
                        && names[0].getFirst().getType().equals(BCStyle.CN),
                "subject is one CN");
        ASN1Encodable value = names[0].getFirst().getValue();
        LintFinding.unless(
                value instanceof ASN1UTF8String || value instanceof ASN1PrintableString,
                "subject string type");
        LintFinding.unless(
                ((ASN1String) value).getString().equals(draft.requester().sessionName().value()),
                "subject is the session name");
    }

    private static void checkValidity(X509CertificateHolder certificate, Draft draft) {
        var notBefore = certificate.getNotBefore().toInstant();
        var notAfter = certificate.getNotAfter().toInstant();
        LintFinding.unless(notBefore.equals(draft.notBefore()), "notBefore");
        LintFinding.unless(notAfter.equals(draft.notAfter()), "notAfter");
        LintFinding.unless(
                notAfter.isAfter(notBefore)
                        && Duration.between(notBefore, notAfter).compareTo(MOST_VALIDITY) <= 0,
                "validity");
        LintFinding.unless(!notAfter.isAfter(draft.issuer().notAfter()), "issuer's notAfter");
    }

    static boolean same(ASN1Encodable one, ASN1Encodable other) throws IOException {
        return Arrays.equals(
                one.toASN1Primitive().getEncoded(ASN1Encoding.DER),
                other.toASN1Primitive().getEncoded(ASN1Encoding.DER));
    }
}
