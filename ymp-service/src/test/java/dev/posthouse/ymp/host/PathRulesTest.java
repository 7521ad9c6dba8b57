package dev.posthouse.ymp.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/request",
                "/a/b/c/",
                "/a.b",
                "/.ymp/request",
                "/~a",
                "/%2e%2e/x",
                "/a:b@c;d=e&f"
            })
    void allows(String path) {
        assertThat(PathRules.allow(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "request",
                "*",
                "//evil.example",
                "/a//b",
                "/..",
                "/a/../b",
                "/a..b",
                "/a?b",
                "/a#b",
                "/a\\b",
                "/a b",
                "/a\tb",
                "/a\r\nb",
                "/a\u007fb",
                "/a\u0085b",
                "/ü",
                "/\u2028",
                "https://evil.example/",
                "@evil.example/",
                ":8443/",
                "/a\0"
            })
    void refuses(String path) {
        assertThat(PathRules.allow(path)).isFalse();
    }

    @Test
    void countsOctets() {
        assertThat(PathRules.allow("/" + "a".repeat(255))).isTrue();
        assertThat(PathRules.allow("/" + "a".repeat(256))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("controls")
    void refusesEveryControlCharacter(char control) {
        assertThat(PathRules.allow("/a" + control)).isFalse();
    }

    static Stream<Character> controls() {
        return Stream.iterate('\0', c -> c < 0xa0, c -> (char) (c + 1))
                .filter(Character::isISOControl);
    }
}
