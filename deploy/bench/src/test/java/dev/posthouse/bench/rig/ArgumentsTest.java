package dev.posthouse.bench.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ArgumentsTest {

    private final Arguments arguments =
            new Arguments(
                    List.of(
                            "-Xmx128m",
                            "-XX:AOTCache=/x/app.aot",
                            "-Dca.url=a=b",
                            "-Dca.url.more=c",
                            "-jar",
                            "/x/run.jar"));

    @Test
    void aSettingTakesThePlaceOfTheSuitesOwn() {
        Arguments changed = arguments.with(Map.of("ca.url", "d"));

        assertThat(changed.of("ca.url")).isEqualTo("d");
        assertThat(changed.of("ca.url.more")).isEqualTo("c");
        assertThat(changed.words()).hasSize(6).endsWith("-jar", "/x/run.jar");
    }

    @Test
    void aSettingKeepsWhatFollowsItsFirstEqualsSign() {
        assertThat(arguments.of("ca.url")).isEqualTo("a=b");
    }

    @Test
    void plainIsWithoutTheStartUpCache() {
        assertThat(arguments.cached()).isTrue();
        assertThat(arguments.plain().cached()).isFalse();
        assertThat(arguments.plain().words()).hasSize(5);
    }

    @Test
    void anotherApplicationRunsWithTheSameSettings() {
        assertThat(arguments.running(Path.of("/y/run.jar")).words())
                .contains("-Dca.url=a=b")
                .endsWith("-jar", "/y/run.jar");
    }
}
