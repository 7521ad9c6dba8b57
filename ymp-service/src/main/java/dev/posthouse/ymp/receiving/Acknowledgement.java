package dev.posthouse.ymp.receiving;

import dev.posthouse.ymp.YmpException;
import dev.posthouse.ymp.packet.JsonValue;
import dev.posthouse.ymp.packet.JsonValue.JsonArray;
import dev.posthouse.ymp.packet.JsonValue.JsonNumber;
import dev.posthouse.ymp.packet.JsonValue.JsonObject;
import dev.posthouse.ymp.packet.JsonValues;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an application has done with (YMP, section 9): {@code {"seq":[…]}}.
 *
 * @param seqs numbers in the inbox
 */
record Acknowledgement(Set<Long> seqs) {

    private static final int MOST = 10_000;

    Acknowledgement {
        seqs = Set.copyOf(seqs);
    }

    /**
     * Reads the body of a call.
     *
     * @throws YmpException if it is none
     */
    static Acknowledgement parse(byte[] octets) {
        if (JsonValues.read(JsonValues.decode(octets)) instanceof JsonObject body
                && body.members().get("seq") instanceof JsonArray array
                && array.elements().size() <= MOST) {
            return new Acknowledgement(
                    array.elements().stream()
                            .map(Acknowledgement::number)
                            .flatMapToLong(OptionalLong::stream)
                            .boxed()
                            .collect(Collectors.toSet()));
        }
        throw malformed();
    }

    /** A number that nothing in the inbox can have is unknown like any other. */
    private static OptionalLong number(JsonValue value) {
        if (value instanceof JsonNumber number && number.isWhole()) {
            return number.asLong();
        }
        throw malformed();
    }

    private static YmpException malformed() {
        return YmpException.malformed(
                "inbox.seq", "seq is an array of at most " + MOST + " numbers.");
    }
}
