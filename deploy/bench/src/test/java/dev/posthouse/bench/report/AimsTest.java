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
        assertThat(
                        aims.get("YMP packets of one message, to the same statements by JDBC alone")
                                .found())
                .isEqualTo("0.50 × (2000/s to 4000/s)");
        assertThat(
                        aims.get(
                                        "YMP packets of 100 messages, to the same statements by JDBC alone")
                                .verdict())
                .isEqualTo("**missed**");
        assertThat(aims.get("YMP: from a message posted to a token held, p99"))
                .returns("met", Aim::verdict)
                .returns("10 ms", Aim::found);
        assertThat(aims.get("YMP: probes of a host that is away, per step of its backoff").found())
                .isEqualTo("1 (30, 64 clients)");
        assertThat(aims.get("parcels accepted, to the same statements by JDBC alone").found())
                .isEqualTo("0.50 × (2000/s to 4000/s)");
        assertThat(aims.get("parcels accepted, to Fastify with the public Node library").verdict())
                .isEqualTo("**missed**");
        assertThat(aims.get("parcels read and verified alone, on one processor"))
                .returns("**missed**", Aim::verdict)
                .returns("≥ 2000/s", Aim::wanted)
                .returns("1999/s", Aim::found);
        assertThat(aims.get("parcels collected by one gateway").verdict()).isEqualTo("met");
        assertThat(aims.get("8 MB parcels, 16 at once: taken, unless told to come later").found())
                .isEqualTo("160 of 160, and 64 clients");
        assertThat(aims.get("parcels accepted with very many stored, to few").verdict())
                .isEqualTo("met");
        assertThat(aims.get("parcels collected with very many stored, to few").verdict())
                .isEqualTo("**missed**");
        assertThat(aims.get("relay memory under load (PSS)"))
                .returns("met", Aim::verdict)
                .returns("≤ 512 MiB", Aim::wanted);
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
