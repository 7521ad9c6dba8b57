package dev.posthouse.common.x509;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.net.AddressRules;
import dev.posthouse.common.net.ForbiddenAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Requests made by OpenSSL, and what each must answer. */
final class CsrVectorsTest {

    private static final String EXPECTED = "/vectors/csr/expected.csv";
    private static final Path VECTORS = Path.of("src/test/resources/vectors/csr");
    private static final SessionName NAME = new SessionName("0123456789abcdef".repeat(4));

    private final CsrRules rules =
            new CsrRules(new CsrPolicy(false, true, new AddressRules(false, false), key -> false));

    @ParameterizedTest
    @CsvFileSource(resources = EXPECTED, useHeadersInDisplayName = true)
    void answersARequestAsExpected(String file, String code) throws IOException {
        assertThat(answer(Files.readString(VECTORS.resolve(file + ".pem")))).isEqualTo(code);
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

    private String answer(String text) {
        try {
            rules.check(text, NAME);
            return "ok";
        } catch (InvalidCsr refusal) {
            return refusal.code();
        } catch (ForbiddenAddress refusal) {
            return refusal.code();
        }
    }
}
