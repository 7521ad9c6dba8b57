package dev.posthouse.ca.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class AccessNameTest {

    /**
     * Made with {@code printf 'access-name\nAAECAwQFBgcICQoLDA0ODw' | openssl dgst -sha256 -binary
     * | base32}.
     */
    @Test
    void isMadeAsTheSpecificationSays() {
        assertThat(AccessName.of("AAECAwQFBgcICQoLDA0ODw", "devices.example").value())
                .isEqualTo("wv7rgzs2zzkjzqshdkizo4vzzqec7nbi.devices.example");
    }

    @Test
    void isAnotherForAnotherSession() {
        assertThat(AccessName.of("a", "x")).isNotEqualTo(AccessName.of("b", "x"));
    }

    @Test
    void hasALabelThatDnsAllows() {
        assertThat(AccessName.of("a", "x").value()).matches("[a-z2-7]{32}\\.x");
    }

    @Test
    void isADnsNameInTheLongestDomainThatIsTaken() {
        String longest = "a.".repeat(109) + "ab";

        assertThat(AccessName.of("a", AccessName.domain(longest)).value()).hasSize(253);
        assertThatThrownBy(() -> AccessName.domain("a" + longest))
                .hasMessageStartingWith("must be a DNS name");
    }
}
