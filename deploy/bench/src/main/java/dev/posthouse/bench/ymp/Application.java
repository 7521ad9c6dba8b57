package dev.posthouse.bench.ymp;

import dev.posthouse.bench.driver.Answer;
import dev.posthouse.bench.driver.Driver;
import dev.posthouse.bench.driver.Identity;
import dev.posthouse.bench.driver.Wire;
import dev.posthouse.bench.rig.Instance;
import dev.posthouse.local.suite.DevelopmentPki;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/**
 * One of our own applications, which posts messages.
 *
 * @param host its connections to the host that is measured
 */
record Application(Wire host) {

    /** Its identity in the development PKI. */
    private static final String NAME = "application";

    static Application of(Driver driver, DevelopmentPki pki, Instance host) {
        return new Application(driver.wire(host.url(), Identity.of(pki, NAME), 1));
    }

    /** Posts a message and returns when it is accepted, with its id. */
    String post(String to) {
        String id = UUID.randomUUID().toString();
        Answer answer =
                host.post("/messages", message(to, id).toBuffer())
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
        if (!answer.good()) {
            throw new IllegalStateException("not accepted: " + answer.status());
        }
        return id;
    }

    private static JsonObject message(String to, String id) {
        return new JsonObject()
                .put("host", to)
                .put("protocol", "bench")
                .put("service", "notes")
                .put("action", "put")
                .put("payload", new JsonObject().put("text", "x".repeat(200)))
                .put("sender", new JsonObject().put("protocol", "bench").put("service", "notes"))
                .put("id", id);
    }
}
