package dev.posthouse.ymp.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SemanticVersionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0",
                "1.2.3",
                "10.20.30",
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-0.3.7",
                "1.0.0-x-y-z.--",
                "1.0.0+20130313144700",
                "1.0.0-beta+exp.sha.5114f85",
                "1.0.0-0a.1",
                "1.0.0-rc.1+build.007"
            })
    void isOne(String version) {
        assertThat(SemanticVersion.is(version)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2",
                "1.2.3.4",
                "01.2.3",
                "1.02.3",
                "1.2.03",
                "v1.2.3",
                "1.2.3-",
                "1.2.3+",
                "1.2.3-01",
                "1.2.3-a..b",
                "1.2.3+a..b",
                "1.2.3-a_b",
                " 1.2.3",
                "1.2.3 ",
                "1.2.3\n",
                "-1.2.3",
                "1.2.x",
                "\u0661.2.3"
            })
    void isNone(String version) {
        assertThat(SemanticVersion.is(version)).isFalse();
    }

    @Test
    void isNoneWhenItIsEndless() {
        assertThat(SemanticVersion.is("1.0.0-" + "a.".repeat(50_000) + "a")).isFalse();
    }

    @Test
    void isTheSameUnderAnotherBuild() {
        assertThat(SemanticVersion.isSame("0.0.0+a", "0.0.0")).isTrue();
        assertThat(SemanticVersion.isSame("0.0.0-a", "0.0.0")).isFalse();
        assertThat(SemanticVersion.isSame("0.0.1", "0.0.0")).isFalse();
    }
}
