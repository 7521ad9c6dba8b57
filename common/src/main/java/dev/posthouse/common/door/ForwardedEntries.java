package dev.posthouse.common.door;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The entries of a forwarding header, left to right: the {@code for} of each element of {@code
 * Forwarded} (RFC 7239, section 4), or each element of {@code X-Forwarded-For}.
 */
final class ForwardedEntries {

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String QUOTED = "\"(?:[^\"\\\\\\x00-\\x1f]|\\\\[\\t -~])*+\"";

    /** One {@code name=value}; a value that is not quoted may hold no comma or semicolon. */
    private static final Pattern PAIR =
            Pattern.compile("(" + TOKEN + ")=(" + QUOTED + "|" + TOKEN + ")");

    private ForwardedEntries() {}

    static List<String> of(ObservedAddress.Header header, List<String> fields) {
        List<String> entries = new ArrayList<>();
        for (String field : fields) {
            if (header == ObservedAddress.Header.FORWARDED) {
                elements(field, ',').forEach(element -> entries.add(forNode(element)));
            } else {
                elements(field, ',').forEach(element -> entries.add(element.strip()));
            }
        }
        return entries;
    }

    /** An element without exactly one readable {@code for} says nothing: an entry never matched. */
    private static String forNode(String element) {
        List<String> nodes = new ArrayList<>();
        for (String pair : elements(element, ';')) {
            Matcher matcher = PAIR.matcher(pair.strip());
            if (!matcher.matches()) {
                return "";
            }
            if (matcher.group(1).equalsIgnoreCase("for")) {
                nodes.add(unquoted(matcher.group(2)));
            }
        }
        return nodes.size() == 1 ? nodes.getFirst() : "";
    }

    private static String unquoted(String value) {
        return Optional.of(value)
                .filter(text -> text.startsWith("\""))
                .map(text -> text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1"))
                .orElse(value);
    }

    /** Splits outside quotes. */
    private static List<String> elements(String field, char separator) {
        List<String> elements = new ArrayList<>();
        StringBuilder element = new StringBuilder();
        boolean quoted = false;
        boolean escaped = false;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == separator && !quoted) {
                elements.add(element.toString());
                element.setLength(0);
                continue;
            }
            quoted ^= c == '"' && !escaped;
            escaped = quoted && c == '\\' && !escaped;
            element.append(c);
        }
        elements.add(element.toString());
        return elements;
    }
}
