package dev.posthouse.ymp.packet;

import dev.posthouse.ymp.packet.JsonValue.JsonArray;
import dev.posthouse.ymp.packet.JsonValue.JsonLiteral;
import dev.posthouse.ymp.packet.JsonValue.JsonNumber;
import dev.posthouse.ymp.packet.JsonValue.JsonObject;
import dev.posthouse.ymp.packet.JsonValue.JsonText;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Values, and one of the many ways to write each, at random but the same for the same seed. */
final class RandomJson {

    private static final List<String> CHARACTERS =
            List.of("a", "e", "\"", "\\", "/", "\n", "\0", "é", "€", "\ud83d\ude00", "{", ":", "");
    private static final List<String> SPACES = List.of("", "", "", " ", "\n", "\t\r\n  ");

    private static final List<JsonValue> LITERALS =
            List.of(JsonLiteral.TRUE, JsonLiteral.FALSE, JsonLiteral.NULL);

    private final Random random;

    RandomJson(long seed) {
        this.random = new Random(seed);
    }

    JsonValue value(int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> new JsonText(text());
            case 1, 2 -> number();
            case 3 -> LITERALS.get(random.nextInt(LITERALS.size()));
            case 4 -> array(depth - 1);
            default -> object(depth - 1);
        };
    }

    JsonObject object(int depth) {
        TreeMap<String, JsonValue> members = new TreeMap<>();
        for (int left = random.nextInt(5); left > 0; left--) {
            members.put(text(), value(depth));
        }
        return new JsonObject(members);
    }

    private JsonArray array(int depth) {
        List<JsonValue> elements = new ArrayList<>();
        for (int left = random.nextInt(5); left > 0; left--) {
            elements.add(value(depth));
        }
        return new JsonArray(elements);
    }

    private JsonNumber number() {
        if (random.nextInt(8) == 0) {
            return new JsonNumber("0", BigInteger.ZERO);
        }
        String digits = Integer.toString(1 + random.nextInt(random.nextBoolean() ? 9 : 9_999_999));
        String odd = digits.replaceFirst("0+$", "");
        return new JsonNumber(
                (random.nextBoolean() ? "-" : "") + odd,
                BigInteger.valueOf(random.nextInt(12) - 6L));
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(4); left > 0; left--) {
            text.append(CHARACTERS.get(random.nextInt(CHARACTERS.size())));
        }
        return text.toString();
    }

    String write(JsonValue value) {
        return space()
                + switch (value) {
                    case JsonText(String text) -> quote(text);
                    case JsonNumber number -> write(number);
                    case JsonLiteral literal -> literal.name().toLowerCase(java.util.Locale.ROOT);
                    case JsonArray(List<JsonValue> elements) ->
                            "["
                                    + String.join(",", elements.stream().map(this::write).toList())
                                    + space()
                                    + "]";
                    case JsonObject object ->
                            "{" + String.join(",", members(object)) + space() + "}";
                }
                + space();
    }

    private List<String> members(JsonObject object) {
        List<Map.Entry<String, JsonValue>> members = new ArrayList<>(object.members().entrySet());
        Collections.shuffle(members, random);
        return members.stream()
                .map(member ->
                        space() + quote(member.getKey()) + space() + ":" + write(member.getValue()))
                .toList();
    }

    private String write(JsonNumber number) {
        String sign = number.digits().startsWith("-") ? "-" : "";
        String digits = number.digits().substring(sign.length()) + "0".repeat(random.nextInt(3));
        int added = digits.length() - (number.digits().length() - sign.length());
        BigInteger exponent = number.exponent().subtract(BigInteger.valueOf(added));
        int point = random.nextInt(digits.length() + 1);
        String whole = point == 0 ? "0" : digits.substring(0, point);
        String fraction = digits.substring(point);
        BigInteger power = exponent.add(BigInteger.valueOf(fraction.length()));
        boolean plain = power.signum() == 0 && random.nextBoolean();
        return sign
                + (whole.matches("0.+") ? "0" : whole)
                + (fraction.isEmpty() ? "" : "." + fraction)
                + (plain ? "" : (random.nextBoolean() ? "e" : "E") + plus(power) + power);
    }

    private String plus(BigInteger power) {
        return power.signum() > 0 && random.nextBoolean() ? "+" : "";
    }

    private String quote(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.codePoints()
                .forEach(c -> {
                    boolean must = c < ' ' || c == '"' || c == '\\';
                    String character = Character.toString(c);
                    json.append(must || random.nextInt(4) == 0 ? escape(character) : character);
                });
        return json.append('"').toString();
    }

    private static String escape(String character) {
        return character
                .chars()
                .mapToObj(c -> "\\u%04x".formatted(c))
                .collect(Collectors.joining());
    }

    private String space() {
        return SPACES.get(random.nextInt(SPACES.size()));
    }
}
