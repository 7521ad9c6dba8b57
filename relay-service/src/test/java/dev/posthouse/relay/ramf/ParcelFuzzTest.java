package dev.posthouse.relay.ramf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.relay.RelayException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nothing but a refusal comes out of hostile octets, and what is accepted all the same says what
 * the parcel said before. Seeded; {@code -Dfuzz.rounds=…} for longer runs.
 */
final class ParcelFuzzTest {

    private static final int ROUNDS = Integer.getInteger("posthouse.fuzz.rounds", 2000);

    private final Random random = new Random(20261122);
    private final ParcelCheck check = new ParcelCheck(Vectors.gateway(true));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "valid",
                "valid-jvm",
                "valid-odd-serial",
                "valid-root-included",
                "legacy-b-valid",
                "legacy-a-valid"
            })
    void survivesMutants(String name) {
        byte[] good = Vectors.parcel(name);
        InboundParcel original = check.inbound(good, Vectors.AT);
        for (int round = 0; round < ROUNDS; round++) {
            requireSound(mutated(good), original);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"valid", "valid-jvm", "legacy-b-valid"})
    void refusesWhateverIsCut(String name) {
        byte[] good = Vectors.parcel(name);
        for (int length = 0; length < good.length; length++) {
            assertThat(Judged.status(check, Arrays.copyOf(good, length), Vectors.AT))
                    .startsWith("400 ");
        }
    }

    /**
     * The content is signed again, so that nothing but the rules of the fields stands in its way.
     */
    @Test
    void survivesMutatedFieldsWithGoodSignatures() {
        byte[] good = new MadeFields().make();
        int accepted = 0;
        for (int round = 0; round < ROUNDS / 10; round++) {
            byte[] parcel = new MadeParcel().content(mutated(good)).make();
            String status = Judged.status(check, parcel, Vectors.AT);
            assertThat(status).matches("202|40[03] parcel\\..*");
            accepted += status.equals("202") ? 1 : 0;
        }
        assertThat(accepted).as("mutants that are sound").isBetween(1, ROUNDS / 20);
    }

    @Test
    void survivesNoise() {
        byte[] magic = Arrays.copyOf(Vectors.parcel("valid"), 7);
        byte[] seed = Arrays.copyOf(Vectors.parcel("legacy-a-valid"), 10);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            for (byte[] before : new byte[][] {{}, magic, seed}) {
                assertThat(Judged.status(check, MadeFields.join(before, noise), Vectors.AT))
                        .startsWith("400 ");
            }
        }
    }

    private void requireSound(byte[] octets, InboundParcel original) {
        try {
            InboundParcel read = check.inbound(octets, Vectors.AT);
            assertThat(read.privateGateway()).isEqualTo(original.privateGateway());
            assertThat(read.parcel())
                    .usingRecursiveComparison()
                    .ignoringFields("octets")
                    .isEqualTo(original.parcel());
        } catch (RelayException refusal) {
            assertThat(refusal.status()).isIn(400, 403);
            assertThat(refusal.code()).startsWith("parcel.");
        }
    }

    /** One to three times: a bit, an octet, a piece gone, a piece twice, or the end gone. */
    private byte[] mutated(byte[] good) {
        byte[] bytes = good.clone();
        for (int times = random.nextInt(3); times >= 0; times--) {
            int from = random.nextInt(bytes.length);
            int to = Math.min(bytes.length, from + 1 + random.nextInt(8));
            bytes =
                    switch (random.nextInt(6)) {
                        case 0, 1, 2 -> changed(bytes, from, 1 << random.nextInt(8));
                        case 3 -> changed(bytes, from, random.nextInt(256));
                        case 4 -> spliced(bytes, from, to);
                        default -> spliced(bytes, to, from);
                    };
        }
        return bytes;
    }

    private static byte[] changed(byte[] bytes, int at, int by) {
        bytes[at] ^= (byte) by;
        return bytes;
    }

    /** What is before one place and after another: a piece goes, or comes twice. */
    private static byte[] spliced(byte[] bytes, int before, int after) {
        return MadeFields.join(
                Arrays.copyOf(bytes, before), Arrays.copyOfRange(bytes, after, bytes.length));
    }
}
