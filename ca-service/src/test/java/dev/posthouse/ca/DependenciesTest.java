package dev.posthouse.ca;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.posthouse.ca.publication.FakeRepository;
import dev.posthouse.testing.TestKafka;
import dev.posthouse.testing.TestPostgres;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What works while a dependency is away, and that nobody has to help when it is back. */
@QuarkusTest
final class DependenciesTest {

    private FakeRepository repository;

    @BeforeEach
    void aRepository() {
        repository = FakeRepository.running();
    }

    @Test
    void issuesWithoutKafkaAndTellsItLater() {
        TestCall issued = new TestCall();
        TestCall refused = new TestCall().with("csr", "nonsense");
        TestKafka.stop();
        try {
            issued.post().then().statusCode(200);
            refused.post().then().statusCode(400);
            assertThat(repository.awaitOutcome(issued.accessUrl()).has("cert")).isTrue();
            assertThat(repository.awaitOutcome(refused.accessUrl()).has("code")).isTrue();
            assertThat(ready()).isEqualTo(200);
            assertThat(TestEvents.waiting(issued)).isEqualTo(1);
            assertThat(TestEvents.waiting(refused)).isEqualTo(1);
        } finally {
            TestKafka.start();
        }

        assertThat(TestEvents.of("ca.certificate-issued", issued)).isNotEmpty();
        assertThat(TestEvents.of("ca.certificate-refused", refused)).isNotEmpty();
    }

    @Test
    void signsNothingWithoutTheDatabaseAndRecovers() {
        List<TestCall> accepted = IntStream.range(0, 10).mapToObj(i -> new TestCall()).toList();
        repository.stop();
        accepted.forEach(call -> call.post().then().statusCode(200));
        TestCall rejected = new TestCall();
        TestPostgres.stop();
        try {
            rejected.post()
                    .then()
                    .statusCode(503)
                    .header("Retry-After", notNullValue())
                    .body("code", equalTo("dependency.database"));
            CaUnderTest.door().with(CaUnderTest.PROXY).get("/state").then().statusCode(200);
            await("it is not ready", () -> ready() == 503);
            RestAssured.get(CaUnderTest.management("/health/live")).then().statusCode(200);
        } finally {
            TestPostgres.start();
        }
        repository.start();

        accepted.forEach(call -> repository.awaitOutcome(call.accessUrl()));
        assertThat(accepted).allMatch(call -> call.serials("ISSUED") == 1);
        await("it accepts again", () -> rejected.post().statusCode() == 200);
        assertThat(repository.awaitOutcome(rejected.accessUrl()).has("cert")).isTrue();
        await("it is ready", () -> ready() == 200);
    }

    @Test
    void staysReadyWithoutTheRepository() {
        repository.stop();
        try {
            new TestCall().post().then().statusCode(200);
            assertThat(ready()).isEqualTo(200);
        } finally {
            repository.start();
        }
    }

    private static int ready() {
        return RestAssured.get(CaUnderTest.management("/health/ready")).statusCode();
    }
}
