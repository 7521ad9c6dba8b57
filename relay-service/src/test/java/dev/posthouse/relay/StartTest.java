package dev.posthouse.relay;

import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StartTest {

    @Test
    void startsAndRefusesWhatIsNowhere() {
        RelayUnderTest.stranger()
                .get("/nowhere")
                .then()
                .statusCode(404)
                .body("code", equalTo("path"));
    }
}
