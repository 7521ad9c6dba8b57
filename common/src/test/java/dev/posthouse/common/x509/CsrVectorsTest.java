package dev.posthouse.common.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests made by OpenSSL, and what each must answer. */
final class CsrVectorsTest {

    private static final Path VECTORS = Path.of("src/test/resources/vectors/csr");

    @ParameterizedTest
    @CsvFileSource(resources = "/vectors/csr/expected.csv", useHeadersInDisplayName = true)
    void answersARequestAsExpected(String file, String code) throws IOException {
        assertThat(Answer.to(read(file))).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "extension-ca-true, ok",
        "extension-ca-false, ok",
        "extension-key-usage, ok",
        "extension-ext-key-usage, ok",
        "extension-name-constraints, ok",
        "extension-unknown, ok",
        "extension-unknown-critical, ok",
        "extension-without-san, csr.san.missing",
        "attribute-challenge-password, csr.attribute.forbidden",
        "attribute-unstructured-name, csr.attribute.forbidden",
        "san-two-addresses, csr.san.extra"
    })
    void passesOverOtherExtensionsAloneWhenToldTo(String file, String code) throws IOException {
        assertThat(Answer.to(read(file), Answer.IGNORE)).isEqualTo(code);
    }

    @Test
    void expectsSomethingOfEveryFile() throws IOException {
        List<String> expected =
                Files.readAllLines(VECTORS.resolve("expected.csv")).stream()
                        .skip(1)
                        .map(line -> line.replaceFirst(",.*", ".pem"))
                        .toList();
        try (Stream<Path> files = Files.list(VECTORS)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .filteredOn(name -> name.endsWith(".pem"))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static String read(String file) throws IOException {
        return Files.readString(VECTORS.resolve(file + ".pem"));
    }
}
