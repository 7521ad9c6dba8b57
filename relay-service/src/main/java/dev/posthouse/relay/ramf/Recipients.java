package dev.posthouse.relay.ramf;

import dev.posthouse.common.node.InvalidNodeId;
import dev.posthouse.common.node.NodeId;
import dev.posthouse.relay.RelayException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/** How recipients are written in each format (sections 3 to 5). */
final class Recipients {

    static final int LONGEST = 1024;

    private static final int LONGEST_DOMAIN = 253;

    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

    private static final Pattern DOMAIN = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");

    /** What format A may write before an id. */
    private static final String SCHEME = "rne:";

    private Recipients() {}

    static NodeId id(String text) {
        try {
            return NodeId.parse(text);
        } catch (InvalidNodeId malformed) {
            throw invalid("The recipient's id is not 0 and 64 hex digits.");
        }
    }

    /** Without port or path; in lower case. */
    static String domain(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.length() > LONGEST_DOMAIN || !DOMAIN.matcher(lower).matches()) {
            throw invalid("The recipient's Internet address is no domain name.");
        }
        return lower;
    }

    /** Of formats A and B: an id, or a URI. */
    static Recipient legacy(String text) {
        String rest = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : text;
        return rest.startsWith("0") ? Recipient.of(id(rest)) : Recipient.ofUri(uri(text));
    }

    /** Whether one can be called at such a place is for whoever delivers to see. */
    private static String uri(String text) {
        try {
            if (new URI(text).toString().isEmpty()) {
                throw invalid("The recipient is empty.");
            }
            return text;
        } catch (URISyntaxException malformed) {
            throw invalid("The recipient is neither an id nor a URI.");
        }
    }

    private static RelayException invalid(String message) {
        return RelayException.malformed("parcel.recipient", message);
    }
}
