package dev.posthouse.repository.collection;

import static org.hamcrest.Matchers.equalTo;

import dev.posthouse.repository.TestSession;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CollectionResourceTest {

    @Test
    void givesTheCertificateToItsClient() {
        TestSession session = new TestSession();
        String chain = session.stored();

        session.collect()
                .then()
                .statusCode(200)
                .header("Content-Type", equalTo("application/json"))
                .header("Cache-Control", equalTo("no-store"))
                .body("cert", equalTo(chain))
                .body("session_name", equalTo(session.name().value()));
    }

    @Test
    void saysThatNothingIsReady() {
        new TestSession()
                .collect()
                .then()
                .statusCode(404)
                .header("Retry-After", equalTo("2"))
                .body("code", equalTo("cert.not-ready"));
    }

    @Test
    void tellsTheClientOfARefusal() {
        TestSession session = new TestSession();
        session.refuse("csr.key.size").then().statusCode(200);
        session.refuse("csr.key.size").then().statusCode(200);
        session.store(session.chain()).then().statusCode(409);

        session.collect()
                .then()
                .statusCode(403)
                .body("code", equalTo("issuance.refused"))
                .body("detail", equalTo("There will be no certificate: csr.key.size."));
    }
}
