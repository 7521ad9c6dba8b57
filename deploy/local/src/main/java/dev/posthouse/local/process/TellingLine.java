package dev.posthouse.local.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** The line of a log that tells most about why a program is in trouble. */
public final class TellingLine {

    private static final Pattern NO_SPACE =
            Pattern.compile("No space left on device|SQLSTATE[(: ]*53100|[Dd]isk full");
    private static final Pattern TROUBLE =
            Pattern.compile(
                    "\\b(ERROR|FATAL|PANIC|SEVERE)\\b|(Error|Exception)\\b|Caused by|^Unable to ");
    private static final Pattern FRAME = Pattern.compile("\\s+(at |\\.\\.\\. ).*");
    private static final int LENGTH = 300;
    private static final JsonMapper JSON = new JsonMapper();

    private TellingLine() {}

    /** The last that tells of a full disk, else the last that tells of an error. */
    public static Optional<String> in(List<String> lines) {
        return noSpace(lines).or(() -> last(lines, TROUBLE));
    }

    /** The last that tells of a full disk. */
    public static Optional<String> noSpace(List<String> lines) {
        return last(lines, NO_SPACE);
    }

    private static Optional<String> last(List<String> lines, Pattern pattern) {
        return lines.reversed().stream()
                .filter(line -> !FRAME.matcher(line).matches())
                .filter(line -> pattern.matcher(line).find())
                .findFirst()
                .map(TellingLine::text)
                .map(text -> text.length() > LENGTH ? text.substring(0, LENGTH) + "…" : text);
    }

    /** Of a line that is JSON, what it says: its message and the last cause's. */
    private static String text(String line) {
        if (!line.startsWith("{")) {
            return line.strip();
        }
        try {
            JsonNode json = JSON.readTree(line);
            String message = firstLine(json.path("message").asText());
            String cause = firstLine(cause(json));
            return cause.isEmpty() || message.contains(cause) ? message : message + ": " + cause;
        } catch (JsonProcessingException notJson) {
            return line.strip();
        }
    }

    private static String cause(JsonNode json) {
        return StreamSupport.stream(json.findParents("exceptionType").spliterator(), false)
                .map(exception -> exception.path("message").asText())
                .filter(message -> !message.isBlank())
                .reduce("", (one, next) -> next);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("").strip();
    }
}
