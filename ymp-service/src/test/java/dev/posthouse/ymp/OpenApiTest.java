package dev.posthouse.ymp;

import dev.posthouse.testing.CommittedFile;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The committed description of the doors; {@code -Dopenapi.write} writes it anew. */
@QuarkusTest
class OpenApiTest {

    private static final Path COMMITTED = Path.of("../docs/openapi/ymp-service.yaml");

    @Test
    void isCommittedAsItIsServed() {
        CommittedFile.check(
                COMMITTED, RestAssured.get(YmpUnderTest.management() + "/openapi").asString());
    }

    @Test
    void isNotServedAtTheDoor() {
        YmpUnderTest.stranger().get("/q/openapi").then().statusCode(404);
    }
}
