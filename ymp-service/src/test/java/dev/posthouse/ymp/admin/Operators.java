package dev.posthouse.ymp.admin;

import dev.posthouse.testing.TestPki;
import dev.posthouse.ymp.YmpUnderTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** An operator with a certificate of its own. */
final class Operators {

    private static final TestPki.Identity ADA =
            TestPki.shared().leaf("ada").uri("spiffe://posthouse.local/operator/ada").build();

    private Operators() {}

    static RequestSpecification operator() {
        return YmpUnderTest.door().with(ADA.context());
    }

    /** Orders something about a host. */
    static Response order(String host, String what) {
        return operator().urlEncodingEnabled(false).post("/admin/peers/" + host + "/" + what);
    }

    /** Drives dead letters again. */
    static Response redrive(String which) {
        return operator()
                .contentType("application/json")
                .body(which)
                .post("/admin/dead-letters/redrive");
    }
}
