package dev.posthouse.ymp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.testing.CommittedFile;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.util.Map;
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

    /** No annotation tells of the doors, so the doors themselves do. */
    @Test
    void namesNoDoorThatThereIsNot() {
        Map<String, Map<String, Object>> paths =
                RestAssured.get(YmpUnderTest.management() + "/openapi?format=json")
                        .jsonPath()
                        .getMap("paths");

        assertThat(paths).hasSizeGreaterThan(10);
        paths.forEach(
                (path, methods) -> methods.keySet().forEach(method -> assertAnswers(path, method)));
    }

    private static void assertAnswers(String path, String method) {
        Response other = YmpUnderTest.stranger().delete(path.replace("{host}", "other.example"));

        assertThat(other.statusCode()).as(path).isEqualTo(405);
        assertThat(other.header("Allow")).as(path).isEqualToIgnoringCase(method);
    }

    @Test
    void isNotServedAtTheDoor() {
        YmpUnderTest.stranger().get("/q/openapi").then().statusCode(404);
    }
}
