package dev.posthouse.common.door;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * JSON as the sheets want it (certificates, section 2): one object in UTF-8, no duplicate keys, no
 * deeper than its door allows, nothing after it, and a string where a string belongs.
 */
public final class StrictJson {

    /** How deep bodies usually may be (certificates, section 2). */
    static final int DEEPEST = 16;

    private static final Map<Integer, JsonFactory> FACTORIES = new ConcurrentHashMap<>();

    private StrictJson() {}

    /**
     * Makes readers of what strangers write. They do not keep names for the next text: all texts
     * share that table, and names that are made to meet in it break it for everybody.
     */
    public static JsonFactory forStrangers() {
        return JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();
    }

    /**
     * Whether the octets are one strict JSON object; what is in it is the resource's affair.
     *
     * @return why not
     */
    public static Optional<Refusal> refuse(byte[] body) {
        return refuse(body, DEEPEST);
    }

    /** The same for JSON of another depth. */
    public static Optional<Refusal> refuse(byte[] body, int deepest) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException notUtf8) {
            return refusal("json.encoding", "The body is not UTF-8.");
        }
        if (text.indexOf('\0') >= 0) {
            return refusal("json.encoding", "The body is not UTF-8 text.");
        }
        try (JsonParser parser = factory(deepest).createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return refusal("json.syntax", "The body is not a JSON object.");
            }
            parser.skipChildren();
            return parser.nextToken() == null
                    ? Optional.empty()
                    : refusal("json.syntax", "Something follows the JSON object.");
        } catch (IOException malformed) {
            return refusal("json.syntax", "The body is not strict JSON.");
        }
    }

    private static JsonFactory factory(int deepest) {
        return FACTORIES.computeIfAbsent(
                deepest,
                unseen ->
                        JsonFactory.builder()
                                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                                .streamReadConstraints(
                                        StreamReadConstraints.builder()
                                                .maxNestingDepth(deepest)
                                                .build())
                                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                .build());
    }

    /** Makes a mapper refuse numbers and booleans where a string belongs, and keep no names. */
    @SuppressWarnings("deprecation") // The mapper has been made by others.
    public static void configure(ObjectMapper mapper) {
        mapper.getFactory().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES);
        mapper.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
        for (CoercionInputShape shape :
                new CoercionInputShape[] {
                    CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean
                }) {
            mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
        }
    }

    private static Optional<Refusal> refusal(String code, String detail) {
        return Optional.of(Refusal.of(400, code, detail));
    }
}
