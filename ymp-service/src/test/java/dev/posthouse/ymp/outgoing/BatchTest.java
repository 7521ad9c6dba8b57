package dev.posthouse.ymp.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchTest {

    @Test
    void writesThePacket() {
        Batch batch = new Batch(List.of(message(1, "{\"é\":1}"), message(2, "{}")));

        assertThat(new String(batch.body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"packet\":{\"messages\":[{\"é\":1},{}]}}");
    }

    @Test
    void hasRoomForAMebibyteAndNoOctetMore() {
        int each = Batch.ROOM / 4 - 1;
        List<Waiting> messages =
                IntStream.range(0, 4).mapToObj(n -> message(n, "x".repeat(each))).toList();

        assertThat(new Batch(messages).body().length)
                .isLessThanOrEqualTo(1 << 20)
                .isGreaterThan((1 << 20) - 4);
    }

    @Test
    void halvesLoseNothingAndKeepTheOrder() {
        for (int size = 2; size <= Batch.MOST; size++) {
            List<Waiting> messages =
                    IntStream.range(0, size).mapToObj(n -> message(n, "{}")).toList();

            List<Batch> halves = new Batch(messages).halves();

            assertThat(halves.stream().flatMap(half -> half.messages().stream()))
                    .containsExactlyElementsOf(messages);
            assertThat(halves.get(1).size() - halves.get(0).size()).isBetween(0, 1);
        }
    }

    @Test
    void isNotEmpty() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Batch(List.of()));
    }

    private static Waiting message(int seq, String text) {
        return new Waiting(seq, "m" + seq, text);
    }
}
