package dev.posthouse.common.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates, section 3: RFC 9457. */
final class ProblemTest {

    @Test
    void isWrittenAsProblemDetails() throws Exception {
        String json =
                new ObjectMapper()
                        .writeValueAsString(Problem.of(409, "session.conflict", "Taken.", "r-1"));

        assertThat(new ObjectMapper().readTree(json))
                .isEqualTo(
                        new ObjectMapper()
                                .readTree(
                                        """
                                        {"type": "urn:posthouse:problem:session.conflict",
                                         "title": "Conflict",
                                         "status": 409,
                                         "code": "session.conflict",
                                         "detail": "Taken.",
                                         "instance": "urn:posthouse:request:r-1"}
                                        """));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 406, 408, 409, 413, 415, 421, 429, 503})
    void hasATitleForEveryStatusOfTheSheet(int status) {
        assertThat(Problem.of(status, "c", "d", "r").title())
                .isNotBlank()
                .isNotEqualTo("Internal Server Error");
    }
}
