package dev.posthouse.client.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.client.failure.ClientException.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFileTest {

    @TempDir Path directory;

    @Test
    void theFirstLineIsThePassphrase() throws IOException {
        Path file = Files.writeString(directory.resolve("pass"), "correct horse \r\nsecond");

        assertThat(InputFile.readPassphrase(file)).isEqualTo("correct horse ".toCharArray());
    }

    @Test
    void aFileThatIsTooLargeIsNotReadWhole() throws IOException {
        Path file = Files.write(directory.resolve("large"), new byte[5 << 20]);

        assertThatThrownBy(() -> InputFile.read(file))
                .isInstanceOf(FileProblem.class)
                .hasMessageContaining("too large");
    }

    @Test
    void aDirectoryIsNoFile() {
        assertThatThrownBy(() -> InputFile.read(directory))
                .isInstanceOf(FileProblem.class)
                .hasMessageContaining("cannot read " + directory);
    }

    @Test
    void aKeyStoreWithoutAKeyIsNamed() throws Exception {
        var store = java.security.KeyStore.getInstance("PKCS12");
        store.load(null, null);
        Path file = directory.resolve("empty.p12");
        try (var out = Files.newOutputStream(file)) {
            store.store(out, "secret".toCharArray());
        }

        assertThatThrownBy(() -> Pkcs12.read(file, "secret".toCharArray()))
                .isInstanceOf(FileProblem.class)
                .hasMessageContaining("holds no private key");
    }
}
