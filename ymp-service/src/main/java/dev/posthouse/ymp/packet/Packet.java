package dev.posthouse.ymp.packet;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.posthouse.ymp.YmpException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What one host sends another at once (YMP, sections 3.3 and 6): {@code
 * {"packet":{"messages":[…]}}}. Properties that nobody knows are ignored.
 *
 * @param messages in the order of the array, each as it came
 */
public record Packet(List<Message> messages) {

    /** The most messages in a packet. */
    public static final int MOST_MESSAGES = 100;

    public Packet {
        messages = List.copyOf(messages);
    }

    /**
     * Reads the body of a packet's request.
     *
     * @throws YmpException if any of it is malformed, or more than a packet may hold
     */
    public static Packet parse(byte[] octets) {
        String text = JsonValues.decode(octets);
        try (JsonParser parser = JsonValues.parser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw JsonValues.malformed();
            }
            Packet packet = body(parser, text);
            if (parser.nextToken() != null) {
                throw JsonValues.malformed();
            }
            return packet;
        } catch (IOException malformed) {
            throw JsonValues.malformed();
        }
    }

    private static Packet body(JsonParser parser, String text) throws IOException {
        Packet packet = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            if (entersMember("packet", parser)) {
                packet = packet(parser, text);
            }
        }
        return required(packet, "packet", "The body has no packet.");
    }

    private static Packet packet(JsonParser parser, String text) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw YmpException.malformed("packet", "The packet is not an object.");
        }
        List<Message> messages = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            if (entersMember("messages", parser)) {
                messages = messages(parser, text);
            }
        }
        return new Packet(required(messages, "packet.messages", "The packet has no messages."));
    }

    /** From a member's name to its value, or past it if it is another one's. */
    private static boolean entersMember(String name, JsonParser parser) throws IOException {
        boolean it = name.equals(parser.currentName());
        parser.nextToken();
        if (!it) {
            parser.skipChildren();
        }
        return it;
    }

    private static List<Message> messages(JsonParser parser, String text) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw YmpException.malformed("packet.messages", "The messages are not an array.");
        }
        List<Message> messages = new ArrayList<>();
        HostNames hosts = new HostNames();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (messages.size() == MOST_MESSAGES) {
                throw YmpException.tooLarge("packet.messages", "A packet holds too many messages.");
            }
            int begin = (int) parser.currentTokenLocation().getCharOffset();
            JsonValue value = JsonValues.read(parser);
            int end = (int) parser.currentLocation().getCharOffset();
            messages.add(Message.of(value, text.substring(begin, end), hosts));
        }
        return messages;
    }

    private static <T> T required(T found, String code, String detail) {
        if (found == null) {
            throw YmpException.malformed(code, detail);
        }
        return found;
    }
}
