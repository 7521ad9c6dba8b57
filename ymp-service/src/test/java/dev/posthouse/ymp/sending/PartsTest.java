package dev.posthouse.ymp.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.ymp.outgoing.Batch;
import dev.posthouse.ymp.outgoing.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartsTest {

    private static final int ROUNDS = 500;

    /** Whatever is bad among them: the good ones are taken once and in order, the bad ones die. */
    @Test
    void sortsBadMessagesFromGoodOnes() {
        Random random = new Random(6);
        for (int round = 0; round < ROUNDS; round++) {
            int size = 1 + random.nextInt(Batch.MOST);
            double badness = random.nextDouble();
            List<Waiting> all =
                    IntStream.range(0, size).mapToObj(n -> new Waiting(n, "m" + n, "{}")).toList();
            List<Waiting> bad = all.stream().filter(m -> random.nextDouble() < badness).toList();
            List<Waiting> taken = new ArrayList<>();
            List<Waiting> dead = new ArrayList<>();

            Parts parts = Parts.of(new Batch(all));
            while (!parts.isEmpty()) {
                Batch next = parts.next();
                if (next.messages().stream().noneMatch(bad::contains)) {
                    taken.addAll(next.messages());
                    parts.take();
                } else if (parts.refuse()) {
                    dead.addAll(next.messages());
                }
            }

            assertThat(dead).isEqualTo(bad);
            assertThat(taken).isEqualTo(all.stream().filter(m -> !bad.contains(m)).toList());
            assertThat(parts.allRefused()).isEqualTo(size > 1 && bad.size() == size);
        }
    }

    @Test
    void findsOneBadMessageAmongAHundredInFewPackets() {
        for (int bad = 0; bad < Batch.MOST; bad++) {
            int sick = bad;
            Parts parts =
                    Parts.of(
                            new Batch(
                                    IntStream.range(0, Batch.MOST)
                                            .mapToObj(n -> new Waiting(n, "m" + n, "{}"))
                                            .toList()));
            int packets = 0;
            while (!parts.isEmpty()) {
                packets++;
                if (parts.next().messages().stream().anyMatch(m -> m.seq() == sick)) {
                    parts.refuse();
                } else {
                    parts.take();
                }
            }
            assertThat(packets).isLessThanOrEqualTo(15);
        }
    }

    @Test
    void aSingleMessageIsNotEverythingRefused() {
        Parts parts = Parts.of(new Batch(List.of(new Waiting(1, "m", "{}"))));

        assertThat(parts.refuse()).isTrue();
        assertThat(parts.allRefused()).isFalse();
    }
}
