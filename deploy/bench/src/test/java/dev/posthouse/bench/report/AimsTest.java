package dev.posthouse.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class AimsTest {

    @Test
    void aMissIsCalledAMissAndWhatIsReachedIsMet() {
        Map<String, Aim> aims =
                Aims.of(Sample.results()).stream().collect(Collectors.toMap(Aim::what, aim -> aim));

        assertThat(aims.get("whole flow, sessions, to cfssl with SQLite"))
                .returns("met", Aim::verdict)
                .returns("≥ 1.0 ×", Aim::wanted)
                .returns("1.25 × (500/s to 400/s)", Aim::found);
        assertThat(aims.get("CA alone, certificates issued, to cfssl with SQLite").verdict())
                .isEqualTo("**missed**");
        assertThat(aims.get("first collections, to the static TLS POST").verdict())
                .isEqualTo("met");
        assertThat(aims.get("proxy ready").verdict()).isEqualTo("**missed**");
        assertThat(aims.get("proxy ready with the start-up cache").verdict()).isEqualTo("met");
        assertThat(aims.get("ca memory under load (PSS)").verdict()).isEqualTo("**missed**");
        assertThat(aims.get("proxy memory under load (PSS)").verdict()).isEqualTo("met");
    }

    @Test
    void whatWasNotMeasuredIsNeitherMetNorMissed() {
        assertThat(Aims.of(new Results(line -> {})))
                .isNotEmpty()
                .allSatisfy(aim -> assertThat(aim.verdict()).isEqualTo("not measured"));
    }
}
