package dev.posthouse.ymp.packet;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.ymp.YmpException;
import dev.posthouse.ymp.packet.JsonValue.JsonObject;
import dev.posthouse.ymp.packet.JsonValue.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

/**
 * A message of a packet (YMP, section 6): a request, or an answer, which has {@code reply-to} and
 * may leave out {@code action}. What may be left out may be null.
 *
 * @param sender the host it comes from
 * @param id unique within that host
 * @param host the host it is for
 * @param protocol of that host's service
 * @param service of that protocol
 * @param text the message as it came; never written anew
 * @param octets how long that is in UTF-8
 * @param contentHash in hexadecimal; the same for texts that are equal as JSON values
 */
public record Message(
        HostName sender,
        String id,
        HostName host,
        String protocol,
        String service,
        String text,
        int octets,
        String contentHash) {

    /** Printable ASCII, the blank too. */
    private static final Syntax ID = new Syntax(128, c -> c >= ' ' && c <= '~');

    /** Small letters only: nothing is repaired (section 1). */
    private static final Syntax NAME =
            new Syntax(64, c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');

    private static final Syntax ACTION = new Syntax(128, c -> true);
    private static final Syntax HOST = new Syntax(255, c -> c > ' ' && c <= '~');

    /**
     * What a text may be. Not a regular expression: there are seven texts in each message.
     *
     * @param longest in characters, surrogate pairs as one; never empty
     * @param allowed which characters
     */
    private record Syntax(int longest, IntPredicate allowed) {

        boolean admits(String text) {
            int characters = text.codePointCount(0, text.length());
            if (characters == 0 || characters > longest) {
                return false;
            }
            for (int i = 0; i < text.length(); i++) {
                if (!allowed.test(text.charAt(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Reads one message.
     *
     * @throws YmpException if it is none
     */
    public static Message parse(String text) {
        return of(JsonValues.read(text), text, new HostNames());
    }

    /** The message that a value is, with the text it was read from. */
    static Message of(JsonValue value, String text, HostNames hosts) {
        JsonObject message = object(value, "message");
        JsonObject sender = object(message.members().get("sender"), "message.sender");
        field(sender, "protocol", NAME);
        field(sender, "service", NAME);
        check(message);
        return new Message(
                host(sender, hosts),
                field(message, "id", ID),
                host(message, hosts),
                field(message, "protocol", NAME),
                field(message, "service", NAME),
                text,
                text.getBytes(StandardCharsets.UTF_8).length,
                ContentHash.of(message));
    }

    /** What is required and goes on with the text alone. */
    private static void check(JsonObject message) {
        boolean answer = message.optional("reply-to").isPresent();
        if (answer) {
            field(message, "reply-to", ID);
        }
        if (!answer || message.optional("action").isPresent()) {
            field(message, "action", ACTION);
        }
        JsonObject payload = object(message.members().get("payload"), "message.payload");
        if (payload.depth() > JsonValues.DEEPEST_PAYLOAD) {
            throw malformed("message.payload", "A payload is too deep.");
        }
    }

    private static JsonObject object(JsonValue value, String code) {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw malformed(code, "Something that must be an object is none.");
    }

    private static String field(JsonObject of, String name, Syntax syntax) {
        if (of.members().get(name) instanceof JsonText(String text) && syntax.admits(text)) {
            return text;
        }
        throw malformedField(name);
    }

    private static HostName host(JsonObject of, HostNames hosts) {
        try {
            return hosts.of(field(of, "host", HOST));
        } catch (IllegalArgumentException noHost) {
            throw malformedField("host");
        }
    }

    private static YmpException malformedField(String name) {
        return malformed("message." + name, "A message's " + name + " is missing or malformed.");
    }

    private static YmpException malformed(String code, String detail) {
        return YmpException.malformed(code, detail);
    }

    /** Without what it says. */
    @Override
    public String toString() {
        return "message " + id + " of " + sender;
    }
}
