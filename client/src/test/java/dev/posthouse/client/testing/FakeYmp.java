package dev.posthouse.client.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.posthouse.client.testing.FakeDoor.Fault;
import dev.posthouse.client.testing.FakeDoor.Reply;
import dev.posthouse.client.testing.FakeDoor.Request;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A YMP host as its applications and its operator see it: YMP, section 9. */
public final class FakeYmp implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FakeDoor door;
    private final Map<String, JsonNode> accepted = new HashMap<>();
    private final SortedMap<Long, String> inbox = new TreeMap<>();

    public FakeYmp() {
        SSLContext tls = TestSite.mutualTls();
        SSLParameters how = tls.getDefaultSSLParameters();
        how.setNeedClientAuth(true);
        this.door = new FakeDoor(tls, how, this::answer);
    }

    public URI url() {
        return door.url();
    }

    public void next(Fault... faults) {
        door.next(faults);
    }

    public List<Request> requests() {
        return door.requests();
    }

    /** What applications have handed over, by id. */
    public synchronized Map<String, JsonNode> accepted() {
        return Map.copyOf(accepted);
    }

    /** Puts a message of a stranger's into the inbox. */
    public synchronized void receive(long seq, String message) {
        inbox.put(seq, message);
    }

    /** How many wait in the inbox. */
    public synchronized int waiting() {
        return inbox.size();
    }

    private synchronized Reply answer(Request request) {
        String role = request.path().startsWith("/admin/") ? "/operator/" : "/ymp-application/";
        if (!request.caller().contains(role)) {
            return Reply.problem(403, "role", "This is not for you.");
        }
        try {
            return switch (request.method() + " " + request.path()) {
                case "POST /messages" -> accept(JSON.readTree(request.body()));
                case "GET /inbox" -> Reply.json(200, JSON.writeValueAsString(inbox()));
                case "POST /inbox/acks" -> acknowledge(JSON.readTree(request.body()));
                case "GET /admin/peers" -> Reply.json(200, peers(request.query()));
                case "GET /admin/dead-letters" ->
                        Reply.json(
                                200,
                                "{\"messages\": [{\"host\": \"b.example\", \"id\": \"1\\u001b[2J\"}]}");
                case "POST /admin/dead-letters/redrive" -> Reply.json(200, "{\"redriven\": 2}");
                case "POST /admin/peers/b.example:8447/block" -> new Reply(204, Map.of(), "");
                default -> Reply.problem(404, "path", "There is nothing here.");
            };
        } catch (JsonProcessingException e) {
            return Reply.problem(400, "json", "This is no JSON.");
        }
    }

    /** Two pages. */
    private static String peers(String query) {
        return switch (query) {
            case "max=1000&after=" ->
                    "{\"peers\": [{\"host\": \"a.example\", \"blocked\": false}], \"next\": \"a.example:1\"}";
            case "max=1000&after=a.example:1" ->
                    "{\"peers\": [{\"host\": \"b.example\", \"blocked\": true, \"waiting\": 3}]}";
            default -> throw new IllegalArgumentException(query);
        };
    }

    private Reply accept(JsonNode message) {
        String id = message.path("id").asText();
        return message.equals(accepted.computeIfAbsent(id, unseen -> message))
                ? Reply.json(202, "{\"id\": \"" + id + "\"}")
                : Reply.problem(409, "message.differs", "The id has another message.");
    }

    private ObjectNode inbox() throws JsonProcessingException {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode messages = answer.putArray("messages");
        for (Map.Entry<Long, String> one : inbox.entrySet()) {
            messages.addObject()
                    .put("seq", one.getKey())
                    .put("received", "2026-11-22T10:00:00Z")
                    .putRawValue("message", new RawValue(one.getValue()));
        }
        return answer;
    }

    private Reply acknowledge(JsonNode acks) {
        acks.path("seq").forEach(seq -> inbox.remove(seq.asLong()));
        return new Reply(204, Map.of(), "");
    }

    @Override
    public void close() {
        door.close();
    }
}
