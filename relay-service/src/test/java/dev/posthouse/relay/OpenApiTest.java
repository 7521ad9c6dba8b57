package dev.posthouse.relay;

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

    private static final Path COMMITTED = Path.of("../docs/openapi/relay-service.yaml");

    @Test
    void isCommittedAsItIsServed() {
        CommittedFile.check(
                COMMITTED, RestAssured.get(RelayUnderTest.management() + "/openapi").asString());
    }

    /** No annotation tells of the doors, so the doors themselves do. */
    @Test
    void namesNoDoorThatThereIsNot() {
        Map<String, Map<String, Object>> paths =
                RestAssured.get(RelayUnderTest.management() + "/openapi?format=json")
                        .jsonPath()
                        .getMap("paths");

        assertThat(paths).hasSizeGreaterThan(5);
        paths.forEach(
                (path, methods) -> methods.keySet().forEach(method -> assertAnswers(path, method)));
    }

    private static void assertAnswers(String path, String method) {
        String real = path.replaceAll("\\{[a-z]+}", RelayUnderTest.PRIVATE_GATEWAY);
        Response other = RelayUnderTest.stranger().delete(real);

        assertThat(other.statusCode()).as(path).isEqualTo(405);
        assertThat(other.header("Allow").toLowerCase(java.util.Locale.ROOT))
                .as(path)
                .contains(method);
    }

    @Test
    void isNotServedAtTheDoor() {
        RelayUnderTest.stranger().get("/q/openapi").then().statusCode(404);
    }
}
