package dev.posthouse.common.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.posthouse.testing.TrickyHosts;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever text is taken for a host survives being written and read again, and if it is taken for a
 * name, then nothing in the JDK reads it as an address. Seeded; {@code -Dfuzz.rounds=…} for longer
 * runs.
 */
final class HostNameFuzzTest {

    private static final int ROUNDS = 5 * Integer.getInteger("posthouse.fuzz.rounds", 2000);

    private static final List<String> PIECES =
            List.of(
                    ("0 1 7 9 08 0x 0X7f x f 127 255 256 2130706433 017700000001 a z A Z com xn--"
                                    + " localhost - -- _ . . . .. : :: :443 :8443 :0 [ ] [::1] % %25"
                                    + " @ / \\ ? # \u212a \u3002 \uff11 \u00ad \ud83d ffff fe80")
                            .split(" "));

    private final Random random = new Random(20261122);

    @Test
    void readsPiecesPutTogetherOrRefusesThem() {
        int names = 0;
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder text = new StringBuilder();
            for (int pieces = 1 + random.nextInt(7); pieces > 0; pieces--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            names += requireSound(text.toString()).isPresent() ? 1 : 0;
        }
        assertThat(names).as("texts that are hosts").isGreaterThan(ROUNDS / 100);
    }

    @Test
    void readsMutantsOrRefusesThem() {
        List<String> seeds =
                Stream.of(
                                TrickyHosts.unreadable().filter(text -> text.length() < 300),
                                TrickyHosts.unlisted(),
                                Stream.of("example.com", "a.example.com:8443"))
                        .flatMap(seed -> seed)
                        .toList();
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
            int at = random.nextInt(text.length() + 1);
            if (random.nextBoolean()) {
                text.insert(at, (char) random.nextInt(128));
            } else if (at < text.length()) {
                text.deleteCharAt(at);
            }
            requireSound(text.toString());
        }
    }

    private static Optional<HostName> requireSound(String text) {
        HostName name;
        try {
            name = HostName.parse(text);
        } catch (IllegalArgumentException refusal) {
            return Optional.empty();
        }
        assertThat(HostName.parse(name.text())).as(text).isEqualTo(name);
        assertThat(text.toLowerCase(Locale.ROOT)).isIn(name.text(), name.text() + ":443");
        assertThat(name.host()).as(text).matches("[a-z0-9.-]{1,253}|\\[[0-9a-f:]+]");
        if (name.literal().isEmpty()) {
            requireNoAddress(name.host());
        }
        return Optional.of(name);
    }

    private static void requireNoAddress(String host) {
        assertThatIllegalArgumentException()
                .as(host)
                .isThrownBy(() -> Inet4Address.ofPosixLiteral(host));
        assertThatIllegalArgumentException().as(host).isThrownBy(() -> InetAddress.ofLiteral(host));
    }
}
