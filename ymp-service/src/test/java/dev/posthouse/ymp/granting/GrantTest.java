package dev.posthouse.ymp.granting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.common.door.StrictJson;
import dev.posthouse.common.guard.HostName;
import java.io.IOException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GrantTest {

    private static final Instant EXPIRES = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void isWrittenWithAnInteger() throws IOException {
        JsonNode grant = written("a state");

        assertThat(grant.properties()).hasSize(4);
        assertThat(grant.path("host").textValue()).isEqualTo("us.example");
        assertThat(grant.path("token").textValue()).isEqualTo("a-token");
        assertThat(grant.path("expires").isIntegralNumber()).isTrue();
        assertThat(grant.path("expires").longValue()).isEqualTo(EXPIRES.getEpochSecond());
        assertThat(grant.path("state").textValue()).isEqualTo("a state");
    }

    @Test
    void bringsBackAnyState() throws IOException {
        Random random = new Random(20_261_122);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder state = new StringBuilder();
            for (int i = random.nextInt(20); i >= 0; i--) {
                state.append((char) random.nextInt(random.nextBoolean() ? 128 : 0x1_0000));
            }
            assertThat(written(state.toString()).path("state").textValue())
                    .isEqualTo(state.toString());
        }
    }

    @Test
    void showsNeitherTokenNorState() {
        assertThat(grant("secret").toString()).doesNotContain("secret", "a-token");
        assertThat(new Token("a-token").toString()).doesNotContain("a-token");
    }

    @Test
    void hasATokenOf32OctetsThatIsNeverTheSame() {
        assertThat(Token.fresh().value()).matches("[A-Za-z0-9_-]{43}");
        assertThat(Token.fresh()).isNotEqualTo(Token.fresh());
    }

    private static JsonNode written(String state) throws IOException {
        byte[] json = grant(state).json();
        assertThat(StrictJson.refuse(json)).isEmpty();
        return new ObjectMapper().readTree(json);
    }

    private static Grant grant(String state) {
        return new Grant(HostName.parse("us.example"), new Token("a-token"), EXPIRES, state);
    }
}
