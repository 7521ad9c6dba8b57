package dev.posthouse.local.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.local.process.JavaProcess;
import dev.posthouse.local.process.LocalFailure;
import dev.posthouse.local.suite.SuitePlan.Manner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
        Files.setLastModifiedTime(cache.application(), FileTime.from(BUILT));
    }

    @Test
    void startsWithACacheOfThisBuild() throws Exception {
        recorded();

        assertThat(arguments(Manner.PLAIN))
                .contains("-XX:AOTCache=" + cache.file(), "-XX:AOTMode=auto");
        assertThat(arguments(Manner.BROKER_APART)).isEqualTo(arguments(Manner.PLAIN));
        assertThat(arguments(Manner.CACHED))
                .contains("-XX:AOTCache=" + cache.file(), "-XX:AOTMode=on");
    }

    @Test
    void startsWithoutACacheThatIsMissingOrOfAnotherBuild() throws Exception {
        assertThat(String.join(" ", arguments(Manner.PLAIN))).doesNotContain("AOT");

        recorded();
        Files.setLastModifiedTime(cache.application(), FileTime.from(BUILT.minusSeconds(1)));
        assertThat(String.join(" ", arguments(Manner.PLAIN))).doesNotContain("AOT");

        recorded();
        Files.writeString(cache.application().resolveSibling("more.jar"), "a library");
        assertThat(String.join(" ", arguments(Manner.PLAIN))).doesNotContain("AOT");
    }

    @Test
    void isOfTheFlagsItWasRecordedWith() throws Exception {
        recorded();

        assertThat(cache.fresh()).isTrue();
        assertThat(new AotCache(cache.application(), List.of("-XX:+Other")).fresh()).isFalse();
    }

    /** Nobody shall measure with it, or take it for what was asked for. */
    @Test
    void startsWithOneThatWasRecordedBrieflyAndInsistsOnAWholeOne() throws Exception {
        Files.writeString(unfinished(), "recorded");
        cache.keep(true);

        assertThat(arguments(Manner.PLAIN)).contains("-XX:AOTCache=" + cache.file());
        assertThat(cache.usable()).isTrue();
        assertThat(cache.fresh()).isFalse();
        assertThatThrownBy(() -> arguments(Manner.CACHED)).isInstanceOf(LocalFailure.class);
        Files.setLastModifiedTime(cache.application(), FileTime.from(BUILT.minusSeconds(1)));
        assertThat(cache.usable()).isFalse();
    }

    @Test
    void startsNothingWithoutACacheThatIsInsistedUpon() {
        assertThatThrownBy(() -> arguments(Manner.CACHED))
                .isInstanceOf(LocalFailure.class)
                .hasMessageContaining(cache.file() + " is missing or stale");
        assertThat(plan(Manner.CACHED).cached()).isFalse();
    }

    @Test
    void recordsWithTheFlagsOfALaterStartAndBesideTheCacheInUse() throws Exception {
        List<String> plain = arguments(Manner.PLAIN);
        recorded();

        List<String> recording = arguments(Manner.RECORDING);

        assertThat(recording).containsAll(plain).hasSize(plain.size() + 1);
        assertThat(recording).contains("-XX:AOTCacheOutput=" + unfinished());
        Files.writeString(unfinished(), "another");
        cache.keep(false);
        assertThat(cache.file()).hasContent("another");
        assertThat(unfinished()).doesNotExist();
    }

    /** Two would write one file. */
    @Test
    void recordsTheFirstOfARoleAlone() {
        Instance second = new Instance("ca", Service.CA, 2);

        assertThat(arguments(second, Manner.RECORDING)).isEqualTo(arguments(second, Manner.PLAIN));
    }

    @Test
    void saysWhenNothingWasRecorded() {
        arguments(Manner.RECORDING);

        assertThatThrownBy(() -> cache.keep(false))
                .isInstanceOf(LocalFailure.class)
                .hasMessageContaining("app.aot.new");
    }

    @Test
    void endsAJvmThatShallUseItAndCannot() throws Exception {
        recorded();

        JavaProcess process =
                JavaProcess.start(
                        "ca",
                        arguments(Manner.CACHED),
                        home.resolve("ca.args"),
                        home.resolve("ca.log"));

        assertThat(process.onExit().get(30, TimeUnit.SECONDS).obituary())
                .contains("ca ended with code 1: " + AotCache.REFUSED);
    }

    private void recorded() throws IOException {
        Files.writeString(unfinished(), "recorded");
        cache.keep(false);
    }

    private Path unfinished() {
        return Path.of(cache.file() + ".new");
    }

    private List<String> arguments(Manner manner) {
        return arguments(Instance.of(Service.CA), manner);
    }

    private List<String> arguments(Instance instance, Manner manner) {
        return ServiceProcess.arguments(instance, plan(manner), Map.of("ca.some", "thing"));
    }

    private SuitePlan plan(Manner manner) {
        Settings settings = Settings.parse(List.of());
        StateDirectory state = new StateDirectory(home.resolve("state"));
        return new SuitePlan(home, state, settings, Ports.standard(settings), manner);
    }
}
