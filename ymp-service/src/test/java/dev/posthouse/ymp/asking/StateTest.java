package dev.posthouse.ymp.asking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StateTest {

    @Test
    void is32RandomOctetsInBase64Url() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            State state = State.random();
            assertThat(state.text()).matches("[A-Za-z0-9_-]{43}");
            assertThat(seen.add(state.text())).isTrue();
            assertThat(state.toString()).doesNotContain(state.text());
        }
    }

    @Test
    void isStoredAsAHash() {
        assertThat(new State("abc").hash())
                .asHexString()
                .isEqualToIgnoringCase(
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
