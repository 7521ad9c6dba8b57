package dev.posthouse.ymp.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever a host answers is refused with a code, or names paths that are joined to it and lead
 * nowhere else. Seeded; {@code -Dposthouse.fuzz.rounds=…} for longer runs.
 */
class HostInformationFuzzTest {

    private static final int ROUNDS = 5 * Integer.getInteger("posthouse.fuzz.rounds", 2000);

    private static final List<String> PIECES =
            List.of(
                    "\"",
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    ":",
                    "/",
                    "//",
                    "..",
                    "\\",
                    "\\u0000",
                    "\\u002e",
                    "%2e%2e",
                    "?",
                    "#",
                    "@evil.example",
                    " ",
                    "\r\n",
                    "\t",
                    "null",
                    "1e999",
                    "-",
                    "0",
                    "\"version\"",
                    "\"0.0.0\"",
                    "\"https-token\"",
                    "ü",
                    "\ud83d\ude00",
                    "1".repeat(2000),
                    "[".repeat(100),
                    "/x".repeat(130));

    private final Random random = new Random(20261122);

    @Test
    void readsMutantsOrRefusesThem() {
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder text = new StringBuilder(HostInformationTest.DOCUMENT);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                change(text);
            }
            read += isRead(text.toString().getBytes(StandardCharsets.UTF_8)) ? 1 : 0;
        }
        assertThat(read).as("mutants that are read").isBetween(ROUNDS / 50, ROUNDS / 2);
    }

    @Test
    void readsOctetsOrRefusesThem() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] octets = HostInformationTest.DOCUMENT.getBytes(StandardCharsets.UTF_8);
            octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            isRead(octets);
        }
    }

    @Test
    void refusesDeepAndLongOnesQuickly() {
        for (String piece : List.of("[", "{\"a\":", "1", ".", "-", "\"", "a.")) {
            String long64K = piece.repeat(65_536 / piece.length());
            isRead(long64K.getBytes(StandardCharsets.UTF_8));
            isRead(
                    HostInformationTest.DOCUMENT
                            .replace("0.1.0", long64K)
                            .getBytes(StandardCharsets.UTF_8));
            isRead(
                    HostInformationTest.DOCUMENT
                            .replace("/request", "/" + long64K)
                            .getBytes(StandardCharsets.UTF_8));
        }
    }

    private void change(StringBuilder text) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
            case 0 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
            case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(4)));
            default -> text.setCharAt(at, (char) random.nextInt(128));
        }
    }

    private static boolean isRead(byte[] document) {
        try {
            HostInformation read = HostInformation.parse(document);
            assertThat(List.of(read.requestPath(), read.grantPath(), read.packetPath()))
                    .allMatch(path -> path.matches("/[!-~]{0,255}"))
                    .noneMatch(path -> path.contains("//") || path.contains(".."))
                    .noneMatch(path -> path.matches(".*[?#\\\\].*"));
            return true;
        } catch (NoInformation refused) {
            assertThat(refused.code()).startsWith("information.");
            return false;
        }
    }
}
