package dev.posthouse.ymp;

import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StartTest {

    @Test
    void startsAndRefusesWhatIsNowhere() {
        YmpUnderTest.stranger()
                .get("/nowhere")
                .then()
                .statusCode(404)
                .body("code", equalTo("path"));
    }
}
