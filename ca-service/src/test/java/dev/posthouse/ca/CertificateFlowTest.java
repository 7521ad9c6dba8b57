package dev.posthouse.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.posthouse.ca.publication.FakeRepository;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** From a proxy's POST to the repository's door, on real parts. */
@QuarkusTest
@QuarkusTestResource(CaResource.class)
final class CertificateFlowTest {

    private final FakeRepository repository = FakeRepository.running();

    @Test
    void issuesACertificateAndHandsItToTheRepository() {
        CsrDoor.Call call = CsrDoor.call();

        call.post()
                .then()
                .log()
                .ifError()
                .statusCode(200)
                .header("Content-Type", equalTo("application/json"))
                .body("access_url", equalTo(call.accessUrl()));

        await().until(() -> repository.outcome(call.accessUrl()).isPresent());
        var outcome = repository.outcome(call.accessUrl()).orElseThrow();
        assertThat(outcome.path("cert").asText()).startsWith("-----BEGIN CERTIFICATE-----\n");
    }
}
