package dev.posthouse.client.ymp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posthouse.common.guard.HostName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks after the hosts that ours exchanges messages with (YMP, section 9).
 *
 * @param calls of our host, as an operator
 */
public record OperatorClient(YmpCalls calls) {

    private static final String PEERS = "/admin/peers";
    private static final String MOST = "?max=1000";
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

    private record Page(List<JsonNode> peers, String next) {}

    /** The hosts that are known, page by page. */
    public List<JsonNode> peers() {
        List<JsonNode> all = new ArrayList<>();
        String after = "";
        while (after != null) {
            Page page = calls.get(PEERS + MOST + "&after=" + encoded(after), Page.class);
            all.addAll(page.peers() == null ? List.of() : page.peers());
            after = after.equals(page.next()) ? null : page.next();
        }
        return all;
    }

    /** Takes a measure; once more changes nothing. */
    public void take(Measure measure, HostName host) {
        calls.post(PEERS + "/" + encoded(host.text()) + "/" + measure);
    }

    /** What could not be delivered, of one host or of all: the first thousand. */
    public JsonNode deadLetters(Optional<HostName> host) {
        String query = host.map(name -> "&host=" + encoded(name.text())).orElse("");
        return calls.get(DEAD_LETTERS + MOST + query, JsonNode.class);
    }

    /** Lets what could not be delivered be sent again, to one host or to all. */
    public JsonNode redrive(Optional<HostName> host) {
        Map<String, String> body = host.map(name -> Map.of("host", name.text())).orElse(Map.of());
        return calls.post(DEAD_LETTERS + "/redrive", body, JsonNode.class);
    }

    private static String encoded(String host) {
        return host.replace("[", "%5B").replace("]", "%5D");
    }
}
