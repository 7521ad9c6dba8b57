package dev.posthouse.ymp.outgoing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.posthouse.common.door.StrictJson;
import dev.posthouse.ymp.YmpException;
import dev.posthouse.ymp.packet.JsonValue;
import dev.posthouse.ymp.packet.JsonValue.JsonObject;
import dev.posthouse.ymp.packet.JsonValue.JsonText;
import dev.posthouse.ymp.packet.JsonValues;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * A message as an application hands it in (YMP, section 9). It is written anew as the other host
 * will see it, with what we add; its payload goes on as it came. Whether all the rest is as it must
 * be is the message's affair.
 */
final class Draft {

    private static final JsonFactory FACTORY = StrictJson.forStrangers();

    /** Written in that order, those that there are. */
    private static final List<String> COPIED = List.of("reply-to", "protocol", "service", "action");

    private final JsonObject draft;
    private final String payload;

    private Draft(JsonObject draft, String payload) {
        this.draft = draft;
        this.payload = payload;
    }

    /**
     * Reads one.
     *
     * @throws YmpException if it is not strict JSON, or has no payload
     */
    static Draft read(byte[] body) {
        String text = JsonValues.decode(body);
        if (!(JsonValues.read(text) instanceof JsonObject draft)) {
            throw YmpException.malformed("json.syntax", "The body is not a JSON object.");
        }
        if (!(draft.members().get("payload") instanceof JsonObject)) {
            throw malformed("payload");
        }
        return new Draft(draft, payload(text));
    }

    /** The host it is for, as written. */
    String host() {
        return text(draft, "host").orElseThrow(() -> malformed("host"));
    }

    /** Its name, if the application has given it one. */
    Optional<String> id() {
        return text(draft, "id");
    }

    /** As it is sent by that host, to that host, under that name. */
    String complete(String sender, String host, String id) {
        StringWriter text = new StringWriter();
        try (JsonGenerator message = FACTORY.createGenerator(text)) {
            message.writeStartObject();
            writeSender(message, sender);
            message.writeStringField("id", id);
            message.writeStringField("host", host);
            for (String name : COPIED) {
                copy(draft, name, message);
            }
            message.writeFieldName("payload");
            message.writeRawValue(payload);
            message.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private void writeSender(JsonGenerator message, String host) throws IOException {
        if (!(draft.members().get("sender") instanceof JsonObject sender)
                || !text(sender, "host").orElse(host).equals(host)) {
            throw malformed("sender");
        }
        message.writeObjectFieldStart("sender");
        message.writeStringField("host", host);
        copy(sender, "protocol", message);
        copy(sender, "service", message);
        message.writeEndObject();
    }

    private static void copy(JsonObject from, String name, JsonGenerator to) throws IOException {
        Optional<String> text = text(from, name);
        if (text.isPresent()) {
            to.writeStringField(name, text.get());
        }
    }

    private static Optional<String> text(JsonObject from, String name) {
        return from.optional(name).map(value -> text(value, name));
    }

    private static String text(JsonValue value, String name) {
        if (value instanceof JsonText(String text)) {
            return text;
        }
        throw malformed(name);
    }

    /** The characters of the one member that is not written anew. */
    private static String payload(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = parser.currentName().equals("payload");
                parser.nextToken();
                int begin = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                if (found) {
                    return text.substring(begin, (int) parser.currentLocation().getCharOffset());
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        throw malformed("payload");
    }

    private static YmpException malformed(String field) {
        return YmpException.malformed(
                "message." + field, "The message's " + field + " is missing or malformed.");
    }
}
