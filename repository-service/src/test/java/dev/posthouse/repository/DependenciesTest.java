package dev.posthouse.repository;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.posthouse.testing.TestKafka;
import dev.posthouse.testing.TestPostgres;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

/** What works while a dependency is away, and that nobody has to help when it is back. */
@QuarkusTest
class DependenciesTest {

    private final TestSession session = new TestSession();

    @Test
    void worksWithoutKafkaAndTellsItLater() {
        TestSession other = new TestSession();
        TestKafka.stop();
        try {
            session.stored();
            session.collect().then().statusCode(200);
            other.refuse("csr.key.size").then().statusCode(200);
            other.collect().then().statusCode(403);
            ready().then().statusCode(200);
            assertThat(TestEvents.waiting(session)).isEqualTo("2");
        } finally {
            TestKafka.start();
        }

        assertThat(TestEvents.of("repository.certificate-stored", session)).isNotEmpty();
        assertThat(TestEvents.of("repository.certificate-collected", session)).isNotEmpty();
    }

    @Test
    void saysSoWithoutTheDatabaseAndRecovers() {
        String chain = session.stored();
        TestSession other = new TestSession();
        String otherChain = other.chain();
        TestPostgres.stop();
        try {
            isAway(session.collect());
            isAway(other.store(otherChain));
            isAway(other.refuse("csr.key.size"));
            other.collectAs(other.address(), TestSession.newName().value()).then().statusCode(403);
            ready().then().statusCode(503);
            RestAssured.get(RepositoryUnderTest.management() + "/health/live")
                    .then()
                    .statusCode(200);
        } finally {
            TestPostgres.start();
        }

        await("it stores again", () -> other.store(otherChain).statusCode() == 200);
        await("it is ready again", () -> ready().statusCode() == 200);
        session.collect().then().statusCode(200).body("cert", equalTo(chain));
        other.collect().then().statusCode(200).body("cert", equalTo(otherChain));
    }

    private static void isAway(Response answer) {
        answer.then()
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("code", equalTo("dependency.database"));
    }

    private static Response ready() {
        return RestAssured.get(RepositoryUnderTest.management() + "/health/ready");
    }
}
