package dev.posthouse.common.door;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.common.problem.Problem;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/**
 * A refusal as it is read by the caller of a door.
 *
 * @param mediaType of the body
 * @param body a problem document, a message, or text
 */
public record Worded(String mediaType, String body) {

    private static final String KEY = Worded.class.getName();
    private static final ObjectMapper JSON = new ObjectMapper();

    private enum Form {
        PROBLEM,
        MESSAGE,
        TEXT
    }

    /** Notes how a request is to be refused, before its {@code Accept} is settled. */
    static void settle(RoutingContext request, Door door) {
        request.put(
                KEY,
                switch (door.manner()) {
                    case PROBLEM -> Form.PROBLEM;
                    case MESSAGE ->
                            Negotiation.accepts(request.request()) ? Form.MESSAGE : Form.TEXT;
                });
    }

    /** As the door that the request came through has it; a problem where it came through none. */
    public static Worded of(RoutingContext request, Refusal refusal) {
        return switch (request.get(KEY, Form.PROBLEM)) {
            case PROBLEM ->
                    new Worded(Problem.MEDIA_TYPE, json(refusal.problem(RequestId.of(request))));
            case MESSAGE ->
                    new Worded("application/json", json(Map.of("message", refusal.detail())));
            case TEXT -> new Worded("text/plain", refusal.detail());
        };
    }

    private static String json(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
