package dev.posthouse.common.accessurl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctJwkGenerator;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates, section 7: verification keys and their rotation. */
final class AccessKeysTest {

    @TempDir Path directory;

    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-22T10:00:00Z"));
    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("access-keys.jwks");
    }

    private static PublicJsonWebKey p256() throws JoseException {
        return named(EcJwkGenerator.generateJwk(EllipticCurves.P256));
    }

    private static PublicJsonWebKey named(PublicJsonWebKey key) throws JoseException {
        key.setKeyId(key.calculateBase64urlEncodedThumbprint("SHA-256"));
        return key;
    }

    private void write(JsonWebKey... keys) throws IOException {
        Files.writeString(file, new JsonWebKeySet(List.of(keys)).toJson());
    }

    @Test
    void holdsEachKeyWithItsOnlyAlgorithm() throws Exception {
        PublicJsonWebKey ec = p256();
        PublicJsonWebKey ed =
                named(OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519));
        write(ec, ed);

        AccessKeys keys = new AccessKeys(file, clock);

        assertThat(keys.isUsable()).isTrue();
        assertThat(keys.find(ec.getKeyId()).orElseThrow().algorithm()).isEqualTo("ES256");
        assertThat(keys.find(ed.getKeyId()).orElseThrow().algorithm()).isEqualTo("EdDSA");
        assertThat(keys.find("another")).isEmpty();
    }

    @Test
    void isRereadWhenItChanges() throws Exception {
        PublicJsonWebKey old = p256();
        PublicJsonWebKey next = p256();
        write(old);
        AccessKeys keys = new AccessKeys(file, clock);

        write(old, next);
        clock.advance(Duration.ofSeconds(2));
        assertThat(keys.find(old.getKeyId())).isPresent();
        assertThat(keys.find(next.getKeyId())).isPresent();

        write(next);
        clock.advance(Duration.ofSeconds(2));
        assertThat(keys.find(old.getKeyId())).isEmpty();
        assertThat(keys.find(next.getKeyId())).isPresent();
    }

    @Test
    void keepsItsKeysWhileTheFileCannotBeRead() throws Exception {
        PublicJsonWebKey old = p256();
        write(old);
        AccessKeys keys = new AccessKeys(file, clock);

        for (String broken : new String[] {"", "{", "{\"keys\":[]}", "{\"keys\":[{}]}"}) {
            Files.writeString(file, broken);
            clock.advance(Duration.ofSeconds(2));
            assertThat(keys.find(old.getKeyId())).as(broken).isPresent();
        }
        Files.delete(file);
        clock.advance(Duration.ofSeconds(2));

        assertThat(keys.find(old.getKeyId())).isPresent();
    }

    @Test
    void refusesKeysThatMayNotSign() throws Exception {
        write(named(EcJwkGenerator.generateJwk(EllipticCurves.P384)));
        assertUnusable();
        write(named(RsaJwkGenerator.generateJwk(2048)));
        assertUnusable();
        JsonWebKey secret = OctJwkGenerator.generateJwk(256);
        secret.setKeyId("secret");
        Files.writeString(
                file,
                new JsonWebKeySet(List.of(secret))
                        .toJson(JsonWebKey.OutputControlLevel.INCLUDE_SYMMETRIC));
        assertUnusable();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "null",
                "{\"keys\":7}",
                "{\"keys\":[7]}",
                "{\"keys\":[{\"kty\":\"EC\"}]}",
                "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\",\"kid\":\"a\"}]}"
            })
    void refusesAFileThatIsNoKeySet(String content) throws IOException {
        Files.writeString(file, content);

        assertUnusable();
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertUnusable();
    }

    private void assertUnusable() {
        assertThatThrownBy(() -> new AccessKeys(file, clock))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("access-keys.jwks");
    }
}
