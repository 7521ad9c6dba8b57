package dev.posthouse.ymp.packet;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What JSON text means: texts that mean the same are equal values, whatever their white space,
 * escapes, order of keys and way to write a number (YMP, section 6).
 */
public sealed interface JsonValue {

    /** How many objects and arrays are in one another, this one counted. */
    default int depth() {
        return 0;
    }

    /**
     * A string.
     *
     * @param text whole characters only
     */
    record JsonText(String text) implements JsonValue {}

    /** What is neither text nor number nor made of others. */
    enum JsonLiteral implements JsonValue {
        TRUE,
        FALSE,
        NULL
    }

    /**
     * A number, {@code digits}·10^{@code exponent}. It is never worked out: 1e999999999 is short.
     *
     * @param digits no zero at either end, a minus before them if it is negative; or just 0
     * @param exponent 0 for 0
     */
    record JsonNumber(String digits, BigInteger exponent) implements JsonValue {

        private static final Pattern SYNTAX =
                Pattern.compile("(-?)([0-9]+)(?:\\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?");

        private static final int MOST_ZEROS = 18;

        static JsonNumber of(String text) {
            Matcher parts = SYNTAX.matcher(text);
            if (!parts.matches()) {
                throw new IllegalArgumentException("This is not a number.");
            }
            String fraction = parts.group(3) == null ? "" : parts.group(3);
            String written = parts.group(2) + fraction;
            int begin = 0;
            int end = written.length();
            while (begin < end && written.charAt(begin) == '0') {
                begin++;
            }
            while (end > begin && written.charAt(end - 1) == '0') {
                end--;
            }
            if (begin == end) {
                return new JsonNumber("0", BigInteger.ZERO);
            }
            BigInteger shift =
                    BigInteger.valueOf((long) written.length() - end - fraction.length());
            String power = parts.group(4) == null ? "0" : parts.group(4);
            return new JsonNumber(
                    parts.group(1) + written.substring(begin, end),
                    new BigInteger(power).add(shift));
        }

        /** Whether nothing stands behind its point. */
        public boolean isWhole() {
            return exponent.signum() >= 0;
        }

        /** The number, if it is a whole one of 64 bits. */
        public OptionalLong asLong() {
            if (!isWhole() || exponent.bitLength() > 5) {
                return OptionalLong.empty();
            }
            int zeros = Math.min(exponent.intValue(), MOST_ZEROS + 1);
            try {
                return OptionalLong.of(Long.parseLong(digits + "0".repeat(zeros)));
            } catch (NumberFormatException tooLarge) {
                return OptionalLong.empty();
            }
        }
    }

    /** An array. */
    record JsonArray(List<JsonValue> elements) implements JsonValue {

        public JsonArray {
            elements = Collections.unmodifiableList(elements);
        }

        @Override
        public int depth() {
            return 1 + deepest(elements);
        }
    }

    /** An object; its members' order means nothing. */
    record JsonObject(SortedMap<String, JsonValue> members) implements JsonValue {

        public JsonObject {
            members = Collections.unmodifiableSortedMap(members);
        }

        /** A member that need not be there; null is as good as none. */
        public Optional<JsonValue> optional(String name) {
            return Optional.ofNullable(members.get(name))
                    .filter(value -> value != JsonLiteral.NULL);
        }

        @Override
        public int depth() {
            return 1 + deepest(members.values());
        }
    }

    private static int deepest(Collection<JsonValue> values) {
        return values.stream().mapToInt(JsonValue::depth).max().orElse(0);
    }
}
