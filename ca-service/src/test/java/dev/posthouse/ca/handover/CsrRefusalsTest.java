package dev.posthouse.ca.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.posthouse.ca.CaResource;
import dev.posthouse.ca.TestCall;
import dev.posthouse.ca.publication.FakeRepository;
import dev.posthouse.testing.CsrMaker;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of certificates, section 5, through the door: refused, recorded, and R is told. */
@QuarkusTest
final class CsrRefusalsTest {

    private static final Random RANDOM = new Random(5);
    private static final String NAME = "0123456789abcdef".repeat(4);

    private FakeRepository repository;

    @BeforeEach
    void aRepository() {
        repository = FakeRepository.running();
    }

    /** Requests made by OpenSSL. */
    @ParameterizedTest
    @CsvFileSource(resources = "/vectors/csr/expected.csv", useHeadersInDisplayName = true)
    void answersEachVectorAsExpected(String file, String code) throws IOException {
        TestCall call = TestCall.of(NAME, vector(file)).with("client_addr", address(file));

        if (code.equals("ok")) {
            call.post().then().statusCode(200);
            assertThat(repository.awaitOutcome(call.accessUrl()).has("cert")).isTrue();
        } else {
            isRefused(call, code);
        }
    }

    private static String address(String file) {
        return file.equals("good-ipv6") ? "fd00::7" : "192.168.1.7";
    }

    private static String vector(String file) throws IOException {
        try (InputStream in =
                CsrRefusalsTest.class.getResourceAsStream("/vectors/csr/" + file + ".pem")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    /** Requests that OpenSSL does not make. */
    @ParameterizedTest
    @MethodSource
    void refuses(String code, String csr) {
        isRefused(TestCall.of(NAME, csr), code);
    }

    static List<Arguments> refuses() {
        CsrMaker good = good(CsrMaker.p256());
        byte[] info = good.info();
        byte[] der = good.der();
        byte[] broken = der.clone();
        broken[broken.length - 1] ^= 1;
        BigInteger p = prime();
        return List.of(
                Arguments.of("csr.pem", "nonsense"),
                Arguments.of("csr.pem", ""),
                Arguments.of("csr.pem", good.pem() + good.pem()),
                Arguments.of("csr.pem", good.pem() + "x"),
                Arguments.of("csr.pem", good.pem().replace("CERTIFICATE REQUEST", "CERTIFICATE")),
                Arguments.of("csr.pem", "nul \u0000 and lone \ud800 surrogate"),
                Arguments.of("csr.der", CsrMaker.pem(new byte[] {0x30, 0})),
                Arguments.of("csr.der", CsrMaker.pem(Arrays.copyOf(der, 100))),
                Arguments.of("csr.der", CsrMaker.pem(Arrays.copyOf(der, der.length + 1))),
                Arguments.of("csr.size", CsrMaker.pem(new byte[16 * 1024 + 1])),
                Arguments.of(
                        "csr.version", good(CsrMaker.p256()).withVersion(new ASN1Integer(1)).pem()),
                Arguments.of("csr.signature", CsrMaker.pem(broken)),
                Arguments.of("csr.signature", CsrMaker.pem(good.der(info, new byte[70]))),
                Arguments.of("csr.key.point", withBrokenPoint().pem()),
                Arguments.of("csr.key.factor", rsa(p.multiply(BigInteger.valueOf(743)), prime())),
                Arguments.of("csr.key.close-primes", rsa(p, p.nextProbablePrime())),
                Arguments.of("csr.key.blocked", good(CaResource.blockedKey()).pem()));
    }

    @Test
    void refusesAndSaysNothingOfTheRequest() {
        TestCall call = TestCall.of(NAME, "<script>alert(1)</script>");

        String answer = call.post().then().statusCode(400).extract().asString();

        assertThat(answer).doesNotContain("script").doesNotContain(NAME);
    }

    private void isRefused(TestCall call, String code) {
        int status = code.startsWith("csr.") ? 400 : 403;
        call.post()
                .then()
                .statusCode(status)
                .header("Content-Type", equalTo("application/problem+json"))
                .body("code", equalTo(code));
        assertThat(call.recorded("state")).isEqualTo("REFUSED");
        assertThat(repository.awaitOutcome(call.accessUrl()).path("code").asText()).isEqualTo(code);
        assertThat(call.serials("ISSUED")).isZero();
    }

    private static CsrMaker good(CsrMaker maker) {
        return maker.named(NAME).at("192.168.1.7");
    }

    private static CsrMaker withBrokenPoint() {
        CsrMaker maker = good(CsrMaker.p256());
        byte[] spki = maker.keyPair().getPublic().getEncoded();
        spki[spki.length - 1] ^= 1;
        return maker.withSpki(SubjectPublicKeyInfo.getInstance(spki));
    }

    private static String rsa(BigInteger one, BigInteger other) {
        BigInteger modulus = one.multiply(other);
        // 2048 bits, whatever the factors' own lengths are.
        BigInteger fitted =
                modulus.bitLength() == 2048
                        ? modulus
                        : one.multiply(
                                BigInteger.valueOf(3)
                                        .shiftLeft(2046)
                                        .divide(one)
                                        .nextProbablePrime());
        try {
            return good(CsrMaker.rsa2048())
                    .withSpki(
                            new SubjectPublicKeyInfo(
                                    new AlgorithmIdentifier(
                                            PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                                    new RSAPublicKey(fitted, BigInteger.valueOf(65537))))
                    .pem();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static BigInteger prime() {
        return new BigInteger(1022, RANDOM).setBit(1023).setBit(1022).nextProbablePrime();
    }
}
