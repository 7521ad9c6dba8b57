package dev.posthouse.common.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A start that fails names the setting. */
final class BadSettingTest {

    @Test
    void namesTheSettingAndWhatIsWrongWithIt() {
        assertThatThrownBy(() -> BadSetting.read("ca.number", () -> Integer.parseInt("seven")))
                .isInstanceOf(BadSetting.class)
                .hasMessage("ca.number: For input string: \"seven\"");
    }

    @Test
    void namesANumberThatIsTooSmallOrTooLargeAndATimeThatDoesNotPass() {
        assertThatThrownBy(() -> BadSetting.unlessAtLeast("ca.batch", 1, 0))
                .hasMessage("ca.batch: must be at least 1, not 0");
        assertThatThrownBy(() -> BadSetting.unlessWithin("ca.batch", 1, 9, 0))
                .hasMessage("ca.batch: must be at least 1, not 0");
        assertThatThrownBy(() -> BadSetting.unlessWithin("ca.batch", 1, 9, 10))
                .hasMessage("ca.batch: must be at most 9, not 10");
        assertThatThrownBy(() -> BadSetting.unlessPositive("ca.tick", Duration.ZERO))
                .hasMessageStartingWith("ca.tick: must be longer than nothing");
        BadSetting.unlessWithin("ca.batch", 1, 9, 1);
        BadSetting.unlessWithin("ca.batch", 1, 9, 9);
        BadSetting.unlessPositive("ca.tick", Duration.ofMillis(1));
    }

    @Test
    void handsOnWhatCanBeRead() {
        assertThat(BadSetting.<Integer>read("ca.number", () -> 7)).isEqualTo(7);
    }

    @Test
    void takesAnHttpsUrl() {
        URI url = URI.create("https://ca.example:8442/prefix");

        assertThat(BadSetting.https("ca.url", url)).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://ca.example",
                "ca.example",
                "/csr",
                "https:///csr",
                "https://user@ca.example",
                "https://ca.example?a=b",
                "https://ca.example#a",
                "mailto:ca@ca.example",
            })
    void takesNoOther(String url) {
        assertThatThrownBy(() -> BadSetting.https("ca.url", URI.create(url)))
                .isInstanceOf(BadSetting.class)
                .hasMessageStartingWith("ca.url: ");
    }
}
