package dev.posthouse.repository.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.posthouse.repository.RepositoryUnderTest;
import dev.posthouse.repository.TestSession;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class StateResourceTest {

    @ParameterizedTest
    @ValueSource(strings = {"proxy-service", "ca-service"})
    void tellsProxiesAndTheCaWhereTheyAre(String module) {
        RepositoryUnderTest.door()
                .as(module)
                .header("Forwarded", "for=203.0.113.9")
                .get("/state")
                .then()
                .statusCode(200)
                .header("Content-Type", equalTo("application/json"))
                .body("observed_addr", equalTo("203.0.113.9"));
    }

    @Test
    void promisesTheLeadTimeItHasSeen() {
        Instant accepted =
                Instant.ofEpochMilli(System.currentTimeMillis()).minus(Duration.ofSeconds(40));
        for (int i = 0; i < 20; i++) {
            new TestSession(claims ->
                    claims.setIssuedAt(NumericDate.fromMilliseconds(accepted.toEpochMilli())))
                    .stored();
        }

        int leadTime =
                RepositoryUnderTest.ca()
                        .get("/state")
                        .then()
                        .extract()
                        .jsonPath()
                        .getInt("lead_time");

        assertThat(leadTime).isBetween(41, 60);
    }

    @Test
    void tellsNobodyElse() {
        RepositoryUnderTest.door().as("relay-service").get("/state").then().statusCode(403);
        RepositoryUnderTest.client(TestSession.newAddress()).get("/state").then().statusCode(401);
    }

    @Test
    void takesNoBody() {
        RepositoryUnderTest.ca()
                .contentType("application/json")
                .body("{}")
                .get("/state")
                .then()
                .statusCode(413);
    }
}
