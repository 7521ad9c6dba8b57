package dev.posthouse.proxy.csr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.accessurl.AccessKeys;
import dev.posthouse.common.accessurl.AccessUrl;
import dev.posthouse.common.accessurl.AccessUrlVerifier;
import dev.posthouse.common.x509.PemForm;
import dev.posthouse.common.x509.SessionName;
import dev.posthouse.proxy.ProxySettings;
import dev.posthouse.proxy.ProxyUnderTest;
import dev.posthouse.testing.FakeClock;
import dev.posthouse.testing.LogWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates, section 7: the AccessURLs this proxy makes, and the key it signs them with. */
final class SigningTest {

    private static final SessionName SESSION = new SessionName("0123456789abcdef");

    @TempDir Path directory;

    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-22T10:00:00.75Z"));

    private static PublicJsonWebKey p256() throws JoseException {
        return named(EcJwkGenerator.generateJwk(EllipticCurves.P256));
    }

    private static PublicJsonWebKey ed25519() throws JoseException {
        return named(OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519));
    }

    private static PublicJsonWebKey named(PublicJsonWebKey key) throws JoseException {
        key.setKeyId(key.calculateBase64urlEncodedThumbprint("SHA-256"));
        return key;
    }

    private Path write(String content) throws IOException {
        return Files.writeString(directory.resolve("access-key.jwk"), content);
    }

    private Path write(PublicJsonWebKey key) throws IOException {
        return write(key.toJson(OutputControlLevel.INCLUDE_PRIVATE));
    }

    private AccessUrlSigner signer(String... more) {
        String[] settings = new String[more.length + 2];
        settings[0] = "proxy.access-key";
        settings[1] = directory.resolve("access-key.jwk").toString();
        System.arraycopy(more, 0, settings, 2, more.length);
        return new AccessUrlSigner(ProxySettings.of(settings), clock);
    }

    private AccessUrlVerifier verifier(PublicJsonWebKey... keys) throws IOException {
        Path jwks = directory.resolve("access-keys.jwks");
        Files.writeString(jwks, new JsonWebKeySet(List.of(keys)).toJson());
        return new AccessUrlVerifier(
                "https://repository.example", new AccessKeys(jwks, clock), clock);
    }

    @Test
    void makesUrlsThatVerifyWithEitherKindOfKey() throws Exception {
        for (PublicJsonWebKey key : List.of(p256(), ed25519())) {
            write(key);

            var signed = signer().sign(SESSION, PemForm.B64);

            AccessUrl read = verifier(key).verify(signed.url(), SESSION);
            assertThat(read.jti()).isEqualTo(signed.jti());
            assertThat(read.form()).isEqualTo(PemForm.B64);
            assertThat(read.issuedAt()).isEqualTo(Instant.parse("2026-11-22T10:00:00Z"));
            assertThat(read.expires()).isEqualTo(Instant.parse("2026-11-23T10:00:00Z"));
            assertThat(signed.url()).hasSizeLessThan(600);
        }
    }

    @Test
    void saysInTheTokenWhatTheSheetSaysAndNothingElse() throws Exception {
        PublicJsonWebKey key = p256();
        write(key);

        String url = signer().sign(SESSION, PemForm.PEM).url();

        JsonWebSignature token = new JsonWebSignature();
        token.setCompactSerialization(url.substring(url.lastIndexOf('/') + 1));
        token.setKey(key.getPublicKey());
        assertThat(token.getHeader("typ")).isEqualTo("access-url+jwt");
        assertThat(token.getAlgorithmHeaderValue()).isEqualTo("ES256");
        assertThat(token.getKeyIdHeaderValue()).isEqualTo(key.getKeyId());
        Map<String, Object> claims = org.jose4j.json.JsonUtil.parseJson(token.getPayload());
        assertThat(claims)
                .containsOnlyKeys("iss", "aud", "iat", "exp", "jti", "sh", "pf")
                .containsEntry("iss", "spiffe://posthouse.local/proxy-service")
                .containsEntry("sh", AccessUrl.sessionHash(SESSION))
                .containsEntry("pf", "pem");
        assertThat(url).doesNotContain(SESSION.value());
    }

    @Test
    void neverMakesTheSameTwice() throws Exception {
        write(p256());
        AccessUrlSigner signer = signer();

        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            seen.add(signer.sign(SESSION, PemForm.PEM).jti());
        }

        assertThat(seen).hasSize(200).allMatch(jti -> jti.matches("[A-Za-z0-9_-]{22}"));
    }

    @Test
    void showsNoSecretAsText() throws Exception {
        write(p256());
        AccessUrlSigner.SignedUrl signed = signer().sign(SESSION, PemForm.PEM);
        AccessKey.Signing signing =
                new AccessKey(directory.resolve("access-key.jwk"), clock).current();

        assertThat(signed.toString()).doesNotContain(signed.jti()).doesNotContain("https");
        assertThat(signing.toString()).isEqualTo("Signing[" + signing.keyId() + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"P-256", "Ed25519"})
    void signsWithBouncyCastleBeforeLong(String curve) throws Exception {
        PublicJsonWebKey pair = curve.equals("P-256") ? p256() : ed25519();
        write(pair);
        AccessKey key = new AccessKey(directory.resolve("access-key.jwk"), clock);
        AccessUrlSigner signer = signer();

        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!key.current().key().getClass().getName().startsWith("org.bouncycastle.")) {
            assertThat(System.nanoTime()).isLessThan(end);
            assertThat(verifier(pair).verify(signer.sign(SESSION, PemForm.PEM).url(), SESSION))
                    .isNotNull();
        }

        assertThat(verifier(pair).verify(signer.sign(SESSION, PemForm.PEM).url(), SESSION))
                .isNotNull();
    }

    @Test
    void goesOnWithTheJdkWhenBouncyCastleCannotSign() throws Exception {
        PublicJsonWebKey pair = p256();
        PrivateKey other = ed25519().getPrivateKey();
        write(pair);
        List<UnaryOperator<AccessKey.Signing>> failures =
                List.of(
                        slow -> {
                            throw new IllegalArgumentException("secret");
                        },
                        slow ->
                                new AccessKey.Signing(
                                        other, slow.algorithm(), slow.keyId(), slow.providers()));
        for (UnaryOperator<AccessKey.Signing> failure : failures) {
            try (LogWatch log = new LogWatch()) {
                AccessKey key = new AccessKey(directory.resolve("access-key.jwk"), clock, failure);

                ProxyUnderTest.await(() -> log.text().contains("Bouncy Castle cannot sign"));

                assertThat(key.current().key()).isEqualTo(pair.getPrivateKey());
                assertThat(key.current().sign("{}")).isNotEmpty();
                assertThat(log.text()).contains(pair.getKeyId()).doesNotContain("secret");
            }
        }
    }

    @Test
    void putsNoKeyInThePlaceOfALaterOne() throws Exception {
        PublicJsonWebKey old = p256();
        PublicJsonWebKey next = ed25519();
        write(old);
        CompletableFuture<Void> rotated = new CompletableFuture<>();
        CompletableFuture<Thread> hastening = new CompletableFuture<>();
        AccessKey key =
                new AccessKey(
                        directory.resolve("access-key.jwk"),
                        clock,
                        slow -> {
                            if (slow.keyId().equals(old.getKeyId())) {
                                hastening.complete(Thread.currentThread());
                                rotated.join();
                            }
                            return slow;
                        });
        write(next);
        clock.advance(Duration.ofSeconds(2));
        assertThat(key.current().keyId()).isEqualTo(next.getKeyId());

        rotated.complete(null);
        hastening.join().join();

        assertThat(key.current().keyId()).isEqualTo(next.getKeyId());
    }

    @Test
    void signsWithTheNextKeyOnceItsFileChanges() throws Exception {
        PublicJsonWebKey old = p256();
        PublicJsonWebKey next = ed25519();
        write(old);
        AccessUrlSigner signer = signer();
        AccessUrlVerifier both = verifier(old, next);
        String before = signer.sign(SESSION, PemForm.PEM).url();

        write(next);
        clock.advance(Duration.ofSeconds(2));
        String after = signer.sign(SESSION, PemForm.PEM).url();

        assertThat(both.verify(before, SESSION)).isNotNull();
        assertThat(both.verify(after, SESSION)).isNotNull();
        AccessUrlVerifier nextOnly = verifier(next);
        assertThat(nextOnly.verify(after, SESSION)).isNotNull();
        assertThatThrownBy(() -> nextOnly.verify(before, SESSION)).isNotNull();
    }

    @Test
    void keepsItsKeyWhileTheFileCannotBeRead() throws Exception {
        PublicJsonWebKey key = p256();
        write(key);
        AccessUrlSigner signer = signer();

        for (String broken : new String[] {"", "{", "{\"kty\":\"EC\"}"}) {
            write(broken);
            clock.advance(Duration.ofSeconds(2));
            String url = signer.sign(SESSION, PemForm.PEM).url();
            assertThat(verifier(key).verify(url, SESSION)).isNotNull();
        }
        Files.delete(directory.resolve("access-key.jwk"));
        clock.advance(Duration.ofSeconds(2));

        assertThat(verifier(key).verify(signer.sign(SESSION, PemForm.PEM).url())).isNotNull();
    }

    @Test
    void namesAKeyThatCannotSignAndShowsNothingOfIt() throws Exception {
        PublicJsonWebKey one = p256();
        String halves =
                one.toJson(OutputControlLevel.INCLUDE_PRIVATE)
                        .replaceAll("\"d\":\"[^\"]+\"", "\"d\":\"" + private256(p256()) + "\"");
        String[] unusable = {
            "",
            "secret-but-no-json",
            "{\"kty\":\"secret-kind\"}",
            one.toJson(),
            halves,
            EcJwkGenerator.generateJwk(EllipticCurves.P384)
                    .toJson(OutputControlLevel.INCLUDE_PRIVATE),
            RsaJwkGenerator.generateJwk(2048).toJson(OutputControlLevel.INCLUDE_PRIVATE),
            OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED448)
                    .toJson(OutputControlLevel.INCLUDE_PRIVATE),
        };
        for (String content : unusable) {
            write(content);

            assertThatThrownBy(this::signer)
                    .as(content)
                    .hasMessageStartingWith("proxy.access-key: ")
                    .hasNoCause()
                    .hasMessageNotContaining("secret");
        }
        Files.delete(directory.resolve("access-key.jwk"));
        assertThatThrownBy(this::signer).hasMessageStartingWith("proxy.access-key: ");
    }

    private static String private256(PublicJsonWebKey key) {
        return (String) key.toParams(OutputControlLevel.INCLUDE_PRIVATE).get("d");
    }

    @Test
    void namesARepositoryUrlThatCannotBeAPrefix() throws Exception {
        write(p256());

        for (String url :
                List.of(
                        "http://repository.example",
                        "https://repository.example?a=b",
                        "https://repository.example/" + "x".repeat(400))) {
            assertThatThrownBy(() -> signer("proxy.repository-url", url))
                    .hasMessageStartingWith("proxy.repository-url: ");
        }
    }

    @Test
    void putsOneSlashBeforeTheToken() throws Exception {
        write(p256());

        assertThat(
                        signer("proxy.repository-url", "https://repository.example/")
                                .sign(SESSION, PemForm.PEM)
                                .url())
                .matches("https://repository\\.example/[A-Za-z0-9_-]+\\.[^/]+");
    }
}
