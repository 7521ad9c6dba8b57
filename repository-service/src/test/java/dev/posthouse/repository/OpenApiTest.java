package dev.posthouse.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The committed description of the doors; {@code -Dopenapi.write=true} writes it anew. */
@QuarkusTest
class OpenApiTest {

    private static final Path COMMITTED = Path.of("../docs/openapi/repository-service.yaml");

    @Test
    void isCommittedAsItIsServed() throws IOException {
        String served = RestAssured.get(RepositoryUnderTest.management() + "/openapi").asString();
        if (Boolean.getBoolean("openapi.write")) {
            Files.createDirectories(COMMITTED.getParent());
            Files.writeString(COMMITTED, served);
        }

        assertThat(Files.readString(COMMITTED)).isEqualTo(served);
    }

    @Test
    void isNotServedAtTheDoor() {
        RepositoryUnderTest.client(TestSession.newAddress())
                .get("/q/openapi")
                .then()
                .statusCode(404);
    }
}
