package dev.posthouse.repository.cert;

import static dev.posthouse.repository.TestSession.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.posthouse.repository.TestEvents;
import dev.posthouse.repository.TestSession;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class RefusalResourceTest {

    private final TestSession session = new TestSession();

    @Test
    void storesARefusalOfWhichTheClientHears() {
        Response answer = session.refuse("csr.key.size");

        answer.then().statusCode(200).header("Content-Type", equalTo("application/json"));
        assertThat(answer.asString()).isEqualTo("{}");
        session.collect()
                .then()
                .statusCode(403)
                .body("code", equalTo("issuance.refused"))
                .body("detail", equalTo("There will be no certificate: csr.key.size."));
        assertThat(session.collect().header("Retry-After")).isNull();
        assertThat(TestEvents.waiting(session)).isEqualTo("0");
    }

    @Test
    void takesARepeatForWhatItIs() {
        session.refuse("csr.key.size").then().statusCode(200);

        session.refuse("csr.key.size").then().statusCode(200);
    }

    @Test
    void refusesAnotherCode() {
        session.refuse("csr.key.size").then().statusCode(200);

        session.refuse("csr.key.curve")
                .then()
                .statusCode(409)
                .body("code", equalTo("cert.conflict"));
    }

    @Test
    void refusesToRefuseWhatHasACertificate() {
        session.stored();

        session.refuse("csr.key.size")
                .then()
                .statusCode(409)
                .body("code", equalTo("cert.conflict"));

        session.collect().then().statusCode(200);
    }

    @Test
    void refusesACertificateForWhatWasRefused() {
        session.refuse("csr.key.size").then().statusCode(200);

        session.store(session.chain())
                .then()
                .statusCode(409)
                .body("code", equalTo("cert.conflict"));

        session.collect().then().body("code", equalTo("issuance.refused"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Csr.Key", "csr key", "csr\u0000key", "csr\r\nX: y", "<script>"})
    void refusesACodeThatIsNoMachineWord(String code) {
        session.refuse(code).then().statusCode(400).body("code", equalTo("refusal.code"));
    }

    @Test
    void refusesAnAccessUrlOfAnotherSession() {
        Map<String, Object> fields =
                Map.of(
                        "access_url",
                        new TestSession().accessUrl(),
                        "session_name",
                        session.name().value(),
                        "code",
                        "csr.key.size");

        post("/cert/refusal", fields)
                .then()
                .statusCode(403)
                .body("code", equalTo("access-url.invalid"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"access_url", "session_name", "code"})
    void refusesAMissingField(String field) {
        Map<String, Object> fields = session.certFields("");
        fields.put("code", "csr.key.size");
        fields.remove(field);

        post("/cert/refusal", fields).then().statusCode(400).body("code", equalTo("json.field"));
    }
}
