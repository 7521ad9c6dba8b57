package dev.posthouse.local.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.local.process.LocalFailure;
import dev.posthouse.local.suite.SuitePlan.Manner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AotCacheTest {

    private static final Instant BUILT = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir private Path home;

    private AotCache cache;

    @BeforeEach
    void build() throws IOException {
        DummyService.packageInto(home);
        cache = plan(Manner.PLAIN).cache(Service.CA);
        date(cache.application(), BUILT);
    }

    @Test
    void startsWithACacheThatIsNewerThanTheBuild() throws Exception {
        write(cache.file(), BUILT.plusSeconds(1));

        assertThat(arguments(Manner.PLAIN))
                .contains("-XX:AOTCache=" + cache.file(), "-XX:AOTMode=auto");
        assertThat(arguments(Manner.BROKER_APART)).isEqualTo(arguments(Manner.PLAIN));
    }

    @Test
    void startsWithoutACacheThatIsStaleOrMissing() throws Exception {
        assertThat(String.join(" ", arguments(Manner.PLAIN))).doesNotContain("AOT");

        write(cache.file(), BUILT.minusSeconds(1));
        assertThat(String.join(" ", arguments(Manner.PLAIN))).doesNotContain("AOT");
    }

    @Test
    void recordsWithTheFlagsOfALaterStartAndBesideTheCacheInUse() throws Exception {
        List<String> plain = arguments(Manner.PLAIN);
        write(cache.file(), BUILT.plusSeconds(1));

        List<String> recording = arguments(Manner.RECORDING);

        String unfinished = cache.file() + ".new";
        assertThat(recording).containsAll(plain).hasSize(plain.size() + 1);
        assertThat(recording).contains("-XX:AOTCacheOutput=" + unfinished);
        write(Path.of(unfinished), BUILT.plusSeconds(2));
        cache.keep();
        assertThat(cache.file()).hasContent(unfinished);
        assertThat(Path.of(unfinished)).doesNotExist();
    }

    @Test
    void saysWhenNothingWasRecorded() {
        arguments(Manner.RECORDING);

        assertThatThrownBy(cache::keep)
                .isInstanceOf(LocalFailure.class)
                .hasMessageContaining("app.aot.new");
    }

    private List<String> arguments(Manner manner) {
        return ServiceProcess.arguments(Service.CA, plan(manner), Map.of("ca.some", "thing"));
    }

    private SuitePlan plan(Manner manner) {
        Settings settings = Settings.parse(List.of());
        StateDirectory state = new StateDirectory(home.resolve("state"));
        return new SuitePlan(home, state, settings, Ports.standard(settings), manner);
    }

    private static void write(Path file, Instant time) throws IOException {
        Files.writeString(file, file.toString());
        date(file, time);
    }

    private static void date(Path file, Instant time) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(time));
    }
}
