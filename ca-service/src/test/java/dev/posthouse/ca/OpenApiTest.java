package dev.posthouse.ca;

import dev.posthouse.testing.CommittedFile;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The committed description of the doors; {@code -Dposthouse.write} writes it anew. */
@QuarkusTest
final class OpenApiTest {

    @Test
    void isCommittedAsItIsServed() {
        CommittedFile.check(
                Path.of("../docs/openapi/ca-service.yaml"),
                RestAssured.get(CaUnderTest.management("/openapi")).asString());
    }
}
