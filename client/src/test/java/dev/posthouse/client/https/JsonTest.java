package dev.posthouse.client.https;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.wire.CollectResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void unknownFieldsAreIgnored() {
        assertThat(read("{\"cert\":\"c\",\"session_name\":\"s\",\"more\":[1]}"))
                .contains(new CollectResponse("c", "s"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing",
                "null",
                "[]",
                "\"cert\"",
                "{\"cert\":1}",
                "{\"cert\":1.5}",
                "{\"cert\":true}",
                "{\"cert\":[\"c\"]}",
                "{\"cert\":\"a\",\"cert\":\"b\"}",
                "{} x",
                "{\"cert\":\"c\",}",
                "{'cert':'c'}"
            })
    void anythingButTheObjectIsRefused(String text) {
        assertThat(read(text)).isEmpty();
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(read("{\"more\":" + "[".repeat(100) + "]".repeat(100) + "}")).isEmpty();
    }

    @Test
    void whatWasWrittenIsReadAgain() {
        CollectResponse value = new CollectResponse("ä\n", "s");

        assertThat(Json.read(Json.write(value), CollectResponse.class)).contains(value);
        assertThat(Json.write(value)).isEqualTo(Json.write(value));
    }

    private static java.util.Optional<CollectResponse> read(String text) {
        return Json.read(text.getBytes(StandardCharsets.UTF_8), CollectResponse.class);
    }
}
