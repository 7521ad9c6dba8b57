package dev.posthouse.common.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123456789abcdef",
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
            })
    void acceptsSixteenToSixtyFourOfTheAlphabet(String text) {
        assertThat(new SessionName(text).value()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0123456789abcde",
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0",
                "0123456789abcdef\n",
                "0123456789abcde/",
                "0123456789abcde.",
                "0123456789abcde ",
                "0123456789abcdeé",
                "0123456789abcde\0",
                "٠١٢٣٤٥٦٧٨٩٠١٢٣٤٥"
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> new SessionName(text))
                .isInstanceOfSatisfying(
                        InvalidSessionName.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("session.name"));
    }

    @Test
    void isCaseSensitive() {
        assertThat(new SessionName("0123456789abcdef"))
                .isNotEqualTo(new SessionName("0123456789ABCDEF"));
    }

    @Test
    void doesNotShowItself() {
        assertThat(new SessionName("swordfish-swordfish").toString()).doesNotContain("swo");
    }
}
