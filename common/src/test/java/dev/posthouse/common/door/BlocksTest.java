package dev.posthouse.common.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class BlocksTest {

    private static final int STEP = OctetsInFlight.STEP;

    @RepeatedTest(40)
    void holdsWhatHasComeInWhateverPieces(RepetitionInfo seed) {
        Random random = new Random(seed.getCurrentRepetition());
        byte[] body = octets(random, random.nextInt(4 * STEP));
        Blocks blocks = new Blocks(random.nextBoolean() ? body.length : 10L * STEP);

        for (int at = 0; at < body.length; ) {
            int end = Math.min(body.length, at + 1 + random.nextInt(2 * STEP));
            blocks.append(Buffer.buffer(Arrays.copyOfRange(body, at, end)));
            at = end;
            assertThat(blocks.length()).isEqualTo(at);
        }

        assertThat(blocks.whole()).isEqualTo(body);
    }

    @Test
    void holdsABodyInSingleOctetsInNoMoreThanItIsCountedFor() {
        Blocks blocks = new Blocks(10L * STEP);
        Buffer one = Buffer.buffer(new byte[] {7});

        for (int octet = 0; octet < STEP + 1; octet++) {
            blocks.append(one);
        }

        assertThat(blocks.held()).isEqualTo(2 * STEP);
        assertThat(blocks.whole()).hasSize(STEP + 1).containsOnly(7);
    }

    @Test
    void copiesNothingOfAShortBodyOfTheAnnouncedLength() {
        Blocks blocks = new Blocks(5_000);

        blocks.append(Buffer.buffer(new byte[2_000]));
        assertThat(blocks.held()).isEqualTo(5_000);
        blocks.append(Buffer.buffer(new byte[3_000]));

        assertThat(blocks.whole()).isSameAs(blocks.whole()).hasSize(5_000);
    }

    @Test
    void keepsNothingOfALongBodyThatHasBeenTaken() {
        Blocks blocks = new Blocks(3L * STEP);
        blocks.append(Buffer.buffer(new byte[3 * STEP]));
        blocks.append(Buffer.buffer(new byte[1]));

        assertThat(blocks.whole()).hasSize(3 * STEP + 1);
        assertThat(blocks.held()).isZero();
    }

    @Test
    void keepsNothingOfABodyThatIsRefused() {
        Blocks blocks = new Blocks(3L * STEP);
        blocks.append(Buffer.buffer(new byte[2 * STEP]));

        blocks.forget();

        assertThat(blocks.held()).isZero();
    }

    @Test
    void holdsNothingAtFirst() {
        assertThat(new Blocks(8L * STEP).held()).isZero();
        assertThat(new Blocks(0).whole()).isEmpty();
    }

    private static byte[] octets(Random random, int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }
}
