package dev.posthouse.common.x509;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.testing.CsrMaker;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PemTest {

    /** Two octets of padding, and the letter before them has spare bits. */
    private static final byte[] BYTES = {1, 2, 3, 4};

    private static final String GOOD =
            "-----BEGIN CERTIFICATE REQUEST-----\nAQIDBA==\n-----END CERTIFICATE REQUEST-----\n";

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(US_ASCII));
    }

    private static String mime(String text) {
        return Base64.getMimeEncoder().encodeToString(text.getBytes(US_ASCII));
    }

    @ParameterizedTest
    @MethodSource
    void readsTheArmour(String text) {
        Pem.Read read = Pem.request(text);

        assertThat(read.der()).isEqualTo(BYTES);
        assertThat(read.form()).isEqualTo(PemForm.PEM);
    }

    static List<String> readsTheArmour() {
        return List.of(
                GOOD,
                GOOD.strip(),
                GOOD.replace("\n", "\r\n"),
                " \t\r\n\n" + GOOD + " \t\r\n\n",
                GOOD.replace("AQID", "AQ\nID"),
                GOOD.replace("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"),
                Pem.encode("CERTIFICATE REQUEST", BYTES));
    }

    @ParameterizedTest
    @MethodSource
    void readsBase64OfTheArmour(String text) {
        Pem.Read read = Pem.request(text);

        assertThat(read.der()).isEqualTo(BYTES);
        assertThat(read.form()).isEqualTo(PemForm.B64);
    }

    static List<String> readsBase64OfTheArmour() {
        return List.of(
                base64(GOOD),
                base64(GOOD.replace("\n", "\r\n")),
                mime(GOOD),
                mime(GOOD).replace("\r\n", "\n") + "\n",
                base64(GOOD + " "),
                base64(GOOD + "  "));
    }

    @ParameterizedTest
    @MethodSource
    void refusesWhatIsNotOneRequest(String text) {
        assertThatThrownBy(() -> Pem.request(text))
                .isInstanceOfSatisfying(
                        InvalidCsr.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("csr.pem"));
    }

    static List<String> refusesWhatIsNotOneRequest() {
        return List.of(
                "",
                " \n",
                "-----BEGIN",
                "AQIDBA==",
                "swordfish",
                "\u00a0" + GOOD,
                "\ufeff" + GOOD,
                "Subject: device\n" + GOOD,
                GOOD + GOOD,
                GOOD + ".",
                GOOD + "\u00a0",
                GOOD + "\0",
                GOOD.replace("-----\n", "-----\nProc-Type: 4,ENCRYPTED\n\n"),
                GOOD.replace("CERTIFICATE REQUEST", "CERTIFICATE"),
                GOOD.replace("CERTIFICATE REQUEST", "PRIVATE KEY"),
                GOOD.replace("CERTIFICATE REQUEST", "certificate request"),
                GOOD.replace("BEGIN CERTIFICATE REQUEST", "BEGIN NEW CERTIFICATE REQUEST"),
                GOOD.replace("-----BEGIN", "----BEGIN"),
                GOOD.replace("-----BEGIN", "------BEGIN"),
                GOOD.replace("-----BEGIN", "-----BEGIN-----BEGIN"),
                GOOD.replaceFirst("(?s)-----END.*", ""),
                GOOD.replace("AQIDBA==\n", "AQIDBA=="),
                GOOD.replace("-----\nAQ", "-----AQ"),
                GOOD.replace("AQIDBA==", "AQIDBA"),
                GOOD.replace("AQIDBA==", "AQIDBA="),
                GOOD.replace("AQIDBA==", "AQIDBA==="),
                GOOD.replace("AQIDBA==", "AQIDBB=="),
                GOOD.replace("AQIDBA==", "AQIDBA==AQ=="),
                GOOD.replace("AQIDBA==", "AQID-_=="),
                GOOD.replace("AQIDBA==", "AQID BA=="),
                GOOD.replace("AQIDBA==", "AQID\rBA=="),
                GOOD.replace("AQIDBA==", "AQID\u0411A=="),
                base64(" " + GOOD),
                base64(GOOD).replace("=", ""),
                base64(GOOD) + "=",
                base64(base64(GOOD)),
                base64(GOOD).replaceFirst("L", " L"),
                base64(GOOD + GOOD),
                "*" + base64(GOOD));
    }

    @Test
    void doesNotGoBackOverLongText() {
        String many = "-----BEGIN CERTIFICATE REQUEST-----\n" + "A\n".repeat(500_000);

        assertThatThrownBy(() -> Pem.request(many)).isInstanceOf(InvalidCsr.class);
        assertThatThrownBy(() -> Pem.request(" ".repeat(1_000_000))).isInstanceOf(InvalidCsr.class);
        assertThatThrownBy(() -> Pem.request("-----BEGIN ".repeat(100_000)))
                .isInstanceOf(InvalidCsr.class);
    }

    @Test
    void writesLinesOf64CharactersAndEndsInANewline() {
        byte[] bytes = new byte[49];

        assertThat(Pem.encode("X", bytes))
                .isEqualTo("-----BEGIN X-----\n" + "A".repeat(64) + "\nAA==\n-----END X-----\n");
        assertThat(Pem.encode("X", new byte[48]))
                .isEqualTo("-----BEGIN X-----\n" + "A".repeat(64) + "\n-----END X-----\n");
    }

    @Test
    void readsAChainInItsOrderInBothReadings() throws Exception {
        List<X509Certificate> chain = List.of(certificate("leaf"), certificate("issuing"));
        String armour = Pem.encode(chain);

        assertThat(Pem.certificates(armour)).isEqualTo(chain);
        assertThat(Pem.certificates(PemForm.PEM.write(armour))).isEqualTo(chain);
        assertThat(Pem.certificates(PemForm.B64.write(armour))).isEqualTo(chain);
        assertThat(Pem.certificates(armour.replace("\n", "\r\n"))).isEqualTo(chain);
    }

    @Test
    void refusesWhatIsNoChain() throws Exception {
        X509Certificate certificate = certificate("leaf");
        byte[] der = certificate.getEncoded();
        String good = Pem.encode(List.of(certificate));

        for (String text :
                List.of(
                        "",
                        good + "x",
                        "x" + good,
                        good.replace("CERTIFICATE", "X509 CERTIFICATE"),
                        good + CsrMaker.pem(der),
                        Pem.encode("CERTIFICATE", new byte[0]),
                        Pem.encode("CERTIFICATE", BYTES),
                        Pem.encode("CERTIFICATE", Arrays.copyOf(der, der.length + 1)),
                        Pem.encode("CERTIFICATE", Arrays.copyOf(der, der.length - 1)),
                        Pem.encode("CERTIFICATE", good.getBytes(US_ASCII)))) {
            assertThatThrownBy(() -> Pem.certificates(text))
                    .isInstanceOfSatisfying(
                            InvalidCertificate.class,
                            refusal -> assertThat(refusal.code()).isEqualTo("cert.pem"));
        }
    }

    private static X509Certificate certificate(String name) throws Exception {
        KeyPair keyPair = CsrMaker.p256().keyPair();
        var subject = new X500Name("CN=" + name);
        var builder =
                new JcaX509v3CertificateBuilder(
                        subject,
                        BigInteger.ONE,
                        Date.from(Instant.EPOCH),
                        Date.from(Instant.EPOCH.plusSeconds(1)),
                        subject,
                        keyPair.getPublic());
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keyPair.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    @Test
    void namesBothFormsAsTheAccessUrlDoes() {
        assertThat(PemForm.PEM.claim()).isEqualTo("pem");
        assertThat(PemForm.B64.claim()).isEqualTo("b64");
        assertThat(PemForm.ofClaim("pem")).isEqualTo(PemForm.PEM);
        assertThat(PemForm.ofClaim("b64")).isEqualTo(PemForm.B64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PEM", "der"})
    void refusesAnotherForm(String claim) {
        assertThatThrownBy(() -> PemForm.ofClaim(claim))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
