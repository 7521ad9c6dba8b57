package dev.posthouse.ymp.packet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.posthouse.ymp.YmpException;
import dev.posthouse.ymp.packet.JsonValue.JsonArray;
import dev.posthouse.ymp.packet.JsonValue.JsonLiteral;
import dev.posthouse.ymp.packet.JsonValue.JsonNumber;
import dev.posthouse.ymp.packet.JsonValue.JsonObject;
import dev.posthouse.ymp.packet.JsonValue.JsonText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads strict JSON: UTF-8, no key twice in an object, no half characters, nothing after the value,
 * hardly deeper than a packet may be, no number longer than {@value #LONGEST_NUMBER} characters.
 */
public final class JsonValues {

    /** How deep a payload may be (YMP, section 6). */
    static final int DEEPEST_PAYLOAD = 32;

    /** What is around a payload: the body, the packet, the array, the message. */
    private static final int AROUND_PAYLOAD = 4;

    /** One more than may be: a payload that is too deep is refused as such. */
    private static final int DEEPEST = AROUND_PAYLOAD + DEEPEST_PAYLOAD + 1;

    private static final char REPLACEMENT = '\uFFFD';

    private static final int LONGEST_NUMBER = 1_000;

    /** Names are not kept for the next text: strangers would fill the table. */
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEEPEST)
                                    .maxNumberLength(LONGEST_NUMBER)
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build();

    private JsonValues() {}

    /**
     * The text of octets.
     *
     * @throws YmpException if they are not UTF-8
     */
    public static String decode(byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        // Far the quickest; what is not UTF-8 leaves this character behind, which may also be
        // meant.
        return text.indexOf(REPLACEMENT) < 0 ? text : decodeStrictly(octets);
    }

    private static String decodeStrictly(byte[] octets) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException notUtf8) {
            throw YmpException.malformed("json.encoding", "The body is not UTF-8.");
        }
    }

    /**
     * The one value that a text is.
     *
     * @throws YmpException if it is not strict JSON
     */
    public static JsonValue read(String text) {
        try (JsonParser parser = parser(text)) {
            if (parser.nextToken() == null) {
                throw malformed();
            }
            JsonValue value = read(parser);
            if (parser.nextToken() != null) {
                throw malformed();
            }
            return value;
        } catch (IOException malformed) {
            throw malformed();
        }
    }

    static JsonParser parser(String text) throws IOException {
        return FACTORY.createParser(text);
    }

    static YmpException malformed() {
        return YmpException.malformed("json.syntax", "The body is not strict JSON.");
    }

    /** The value at whose first token the parser is; it ends at the last. */
    static JsonValue read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new JsonText(whole(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> JsonNumber.of(parser.getText());
            case VALUE_TRUE -> JsonLiteral.TRUE;
            case VALUE_FALSE -> JsonLiteral.FALSE;
            case VALUE_NULL -> JsonLiteral.NULL;
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                    throw new JsonParseException(parser, "no value begins here");
        };
    }

    private static JsonObject object(JsonParser parser) throws IOException {
        SortedMap<String, JsonValue> members = new TreeMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = whole(parser.currentName());
            parser.nextToken();
            members.put(name, read(parser));
        }
        return new JsonObject(members);
    }

    private static JsonArray array(JsonParser parser) throws IOException {
        List<JsonValue> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(read(parser));
        }
        return new JsonArray(elements);
    }

    /** Half a character, as an escape can make one, has no UTF-8 to be passed on in. */
    private static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair =
                        Character.isHighSurrogate(c)
                                && i + 1 < text.length()
                                && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw YmpException.malformed("json.text", "A string holds half a character.");
                }
                i++;
            }
        }
        return text;
    }
}
