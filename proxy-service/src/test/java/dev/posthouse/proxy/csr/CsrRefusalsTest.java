package dev.posthouse.proxy.csr;

import static dev.posthouse.proxy.ProxyUnderTest.address;
import static dev.posthouse.proxy.ProxyUnderTest.sessionName;
import static dev.posthouse.testing.TestDatabase.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.posthouse.common.accessurl.AccessKeys;
import dev.posthouse.common.accessurl.AccessUrlVerifier;
import dev.posthouse.common.x509.PemForm;
import dev.posthouse.common.x509.SessionName;
import dev.posthouse.proxy.ProxyUnderTest;
import dev.posthouse.proxy.ca.FakeCa;
import dev.posthouse.testing.CsrMaker;
import dev.posthouse.testing.ServiceResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Certificates, sections 2.5 and 5: good CSRs and each kind of bad one, through the door. */
@QuarkusTest
final class CsrRefusalsTest {

    private static final String VECTOR_SESSION = "0123456789abcdef".repeat(4);

    @TestHTTPResource(tls = true)
    URI url;

    private ProxyUnderTest proxy;
    private FakeCa ca;

    @BeforeEach
    void knock() {
        proxy = new ProxyUnderTest(url);
        ca = new FakeCa();
    }

    @AfterEach
    void leave() {
        ca.close();
    }

    static List<Arguments> goodKeys() {
        return Stream.of(CsrMaker.p256(), CsrMaker.p384(), CsrMaker.rsa2048(), CsrMaker.ed25519())
                .flatMap(maker -> Stream.of(Arguments.of(maker, false), Arguments.of(maker, true)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("goodKeys")
    void takesEachKindOfKeyInBothForms(CsrMaker maker, boolean base64) {
        String session = sessionName();
        String client = address();
        String armour = maker.csr(session, client);
        String sent =
                base64
                        ? Base64.getMimeEncoder()
                                .encodeToString(armour.getBytes(StandardCharsets.US_ASCII))
                        : armour;

        String accessUrl =
                proxy.post(sent, session, client)
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("access_url");

        Clock clock = Clock.systemUTC();
        AccessKeys keys =
                new AccessKeys(ServiceResource.directory().resolve("access-keys.jwks"), clock);
        assertThat(
                        new AccessUrlVerifier("https://repository.example", keys, clock)
                                .verify(accessUrl, new SessionName(session))
                                .form())
                .isEqualTo(base64 ? PemForm.B64 : PemForm.PEM);
        ProxyUnderTest.await(() -> !ca.received(session).isEmpty());
        // Between our own services the armour itself is sent.
        assertThat(ca.received(session).getFirst().getString("csr")).isEqualTo(armour);
    }

    static List<Arguments> badVectors() throws IOException {
        return resource("expected.csv")
                .lines()
                .skip(1)
                .map(line -> line.split(",", 2))
                .filter(line -> !line[1].equals("ok") && !line[0].equals("address-loopback"))
                .map(line -> Arguments.of(line[0], line[1]))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("badVectors")
    void refusesWhatOpensslCanMakeWrong(String file, String code) throws IOException {
        int status = code.startsWith("address.") ? 403 : 400;

        proxy.post(resource(file + ".pem"), VECTOR_SESSION, address())
                .then()
                .statusCode(status)
                .header("Retry-After", (String) null)
                .body("code", equalTo(code));
    }

    private static String resource(String name) throws IOException {
        try (var in = CsrMaker.class.getResourceAsStream("/vectors/csr/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private Response postBad(CsrMaker maker) {
        return proxy.post(maker.pem(), VECTOR_SESSION, address());
    }

    private static CsrMaker good() {
        return CsrMaker.p256().named(VECTOR_SESSION).at("10.0.0.1");
    }

    private static void assertRefused(Response response, String code) {
        response.then().statusCode(400).body("code", equalTo(code));
    }

    @Test
    void refusesWhatOpensslCannotMake() {
        byte[] der = good().der();
        assertRefused(post(CsrMaker.pem(Arrays.copyOf(der, der.length + 1))), "csr.der");
        assertRefused(post(CsrMaker.pem(new byte[17_000])), "csr.size");
        assertRefused(postBad(good().withVersion(new ASN1Integer(1))), "csr.version");
        byte[] forged = der.clone();
        forged[forged.length - 1] ^= 1;
        assertRefused(post(CsrMaker.pem(forged)), "csr.signature");
        assertRefused(
                postBad(
                        good().withSpki(
                                        SubjectPublicKeyInfo.getInstance(
                                                CsrMaker.p256()
                                                        .keyPair()
                                                        .getPublic()
                                                        .getEncoded()))),
                "csr.signature");
        assertRefused(postBad(good().withoutAttributes()), "csr.san.missing");
        assertRefused(
                postBad(
                        good().withExtensions(
                                        CsrMaker.extension(
                                                Extension.subjectAlternativeName.getId(),
                                                false,
                                                new DEROctetString(new byte[4])))),
                "csr.der");
    }

    @Test
    void refusesWeakRsaKeys() {
        BigInteger small = BigInteger.valueOf(751);
        BigInteger modulus = BigInteger.ONE.shiftLeft(2047).divide(small).add(BigInteger.ONE);
        while (!modulus.testBit(0) || modulus.multiply(small).bitLength() != 2048) {
            modulus = modulus.add(BigInteger.ONE);
        }
        assertRefused(postBad(good().withSpki(rsa(modulus.multiply(small)))), "csr.key.factor");
        BigInteger prime =
                BigInteger.ONE.shiftLeft(1023).add(BigInteger.TWO.pow(1022)).nextProbablePrime();
        assertRefused(
                postBad(good().withSpki(rsa(prime.multiply(prime.nextProbablePrime())))),
                "csr.key.close-primes");
    }

    private static SubjectPublicKeyInfo rsa(BigInteger modulus) {
        try {
            return new SubjectPublicKeyInfo(
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                    new RSAPublicKey(modulus, BigInteger.valueOf(65_537)));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Response post(String csr) {
        return proxy.post(csr, VECTOR_SESSION, address());
    }

    @Test
    void recordsNothingOfWhatItRefuses() {
        String session = sessionName();
        String client = address();
        String before = ask("select count(*) from session");

        proxy.post(CsrMaker.p256().csr(session, address()), session, client)
                .then()
                .statusCode(403)
                .body("code", equalTo("address.mismatch"));
        proxy.post("garbage", session, client).then().statusCode(400);

        assertThat(ask("select count(*) from session")).isEqualTo(before);
        assertThat(ca.received(session)).isEmpty();
    }
}
