package dev.posthouse.proxy.csr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.x509.SessionName;
import dev.posthouse.proxy.ProxySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates, section 4: a session is known by a keyed hash of its name. */
final class SessionNameHashTest {

    private static final SessionName SESSION = new SessionName("0123456789abcdef");

    @TempDir Path directory;

    private SessionNameHash hash(String secret) throws IOException {
        Path file = Files.writeString(directory.resolve("name.key"), secret);
        return new SessionNameHash(ProxySettings.of("proxy.name-key", file.toString()));
    }

    @Test
    void isHmacSha256InHex() throws IOException {
        // printf 0123456789abcdef | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
        assertThat(hash("0123456789abcdef0123456789abcdef").of(SESSION))
                .isEqualTo("ee3c6e51dceb45c50011da80edb1d51bc715bd199b9253f6e78d207428835e74");
    }

    @Test
    void dependsOnTheSecretAndOnEveryCharacterOfTheName() throws IOException {
        String one = hash("0123456789abcdef0123456789abcdef").of(SESSION);

        assertThat(hash("0123456789abcdef0123456789abcdeF").of(SESSION)).isNotEqualTo(one);
        assertThat(hash("0123456789abcdef0123456789abcdef").of(new SessionName("0123456789abcdeF")))
                .isNotEqualTo(one);
    }

    @Test
    void namesASecretThatIsTooShortOrMissing() {
        assertThatThrownBy(() -> hash("0123456789abcdef0123456789abcde"))
                .hasMessageStartingWith("proxy.name-key: ");
        assertThatThrownBy(() ->
                        new SessionNameHash(
                                ProxySettings.of(
                                        "proxy.name-key", directory.resolve("none").toString())))
                .hasMessageStartingWith("proxy.name-key: ");
    }
}
