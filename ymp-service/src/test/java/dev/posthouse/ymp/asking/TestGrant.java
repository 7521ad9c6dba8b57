package dev.posthouse.ymp.asking;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthouse.ymp.YmpUnderTest;
import io.restassured.response.Response;
import java.time.Clock;

/** A grant as another host sends it, good until a test changes it. */
final class TestGrant {

    static final String TOKEN = "mF_9.B5f-4.1JqM-a-token-of-the-tests";

    private final ObjectNode body = new ObjectMapper().createObjectNode();

    TestGrant(String host, String state) {
        body.put("host", host)
                .put("token", TOKEN)
                .put("expires", Clock.systemUTC().instant().getEpochSecond() + 3600)
                .put("state", state);
    }

    TestGrant with(String field, String value) {
        body.put(field, value);
        return this;
    }

    TestGrant with(String field, long value) {
        body.put(field, value);
        return this;
    }

    TestGrant without(String field) {
        body.remove(field);
        return this;
    }

    String text() {
        return body.toString();
    }

    /** Through the door. */
    Response sent() {
        return sent(text());
    }

    static Response sent(String text) {
        return YmpUnderTest.stranger().contentType("application/json").body(text).post("/grant");
    }
}
