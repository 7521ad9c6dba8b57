package dev.posthouse.client.ymp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posthouse.common.guard.HostName;
import java.util.Map;
import java.util.Optional;

/**
 * Looks after the hosts that ours exchanges messages with (YMP, section 9).
 *
 * @param calls of our host, as an operator
 */
public record OperatorClient(YmpCalls calls) {

    private static final String PEERS = "/admin/peers";
    private static final String DEAD_LETTERS = "/admin/dead-letters";

    /** What can be done about a host. */
    public enum Measure {
        /** No call to it, no packet from it. */
        BLOCK("block"),
        /** Again like any other. */
        UNBLOCK("unblock"),
        /** Ends the tokens that it sends to us with. */
        REVOKE("revoke"),
        /** Forgets the token that we send to it with. */
        DROP_TOKEN("drop-token");

        private final String word;

        Measure(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** The hosts that are known. */
    public JsonNode peers() {
        return calls.get(PEERS, JsonNode.class);
    }

    /** Takes a measure; once more changes nothing. */
    public void take(Measure measure, HostName host) {
        calls.post(PEERS + "/" + segment(host) + "/" + measure);
    }

    /** What could not be delivered, of one host or of all. */
    public JsonNode deadLetters(Optional<HostName> host) {
        String query = host.map(name -> "?host=" + segment(name)).orElse("");
        return calls.get(DEAD_LETTERS + query, JsonNode.class);
    }

    /** Lets what could not be delivered be sent again, to one host or to all. */
    public JsonNode redrive(Optional<HostName> host) {
        Map<String, String> body = host.map(name -> Map.of("host", name.text())).orElse(Map.of());
        return calls.post(DEAD_LETTERS + "/redrive", body, JsonNode.class);
    }

    private static String segment(HostName host) {
        return host.text().replace("[", "%5B").replace("]", "%5D");
    }
}
