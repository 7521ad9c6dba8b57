package dev.posthouse.local.suite;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Settings in a properties file. Unlike {@link Properties} it knows the line of each, and refuses a
 * line without a separator.
 *
 * @param file its name
 */
public record ConfigFile(Path file) {

    private static final Pattern COMMENT_OR_BLANK = Pattern.compile("\\s*([#!].*)?");
    private static final Pattern ENTRY = Pattern.compile("\\s*[^\\s=:]+\\s*[=:].*", Pattern.DOTALL);
    private static final Pattern CONTINUED = Pattern.compile("(.*[^\\\\])?(\\\\\\\\)*\\\\");

    /** What it asks for, in its order. */
    public List<Setting> read() {
        List<String> lines = lines();
        List<Setting> settings = new ArrayList<>();
        for (int next = 0; next < lines.size(); next++) {
            int first = next;
            if (COMMENT_OR_BLANK.matcher(lines.get(first)).matches()) {
                continue;
            }
            while (CONTINUED.matcher(lines.get(next)).matches() && next + 1 < lines.size()) {
                next++;
            }
            settings.add(setting(first + 1, String.join("\n", lines.subList(first, next + 1))));
        }
        return settings;
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("--config " + file + ": cannot be read", e);
        }
    }

    private Setting setting(int line, String text) {
        String origin = "%s, line %d".formatted(file, line);
        if (!ENTRY.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    origin + ": '" + text + "' is not <service>.<key>=<value>");
        }
        Properties one = new Properties();
        try {
            one.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(origin + ": " + e.getMessage(), e);
        }
        String name = one.stringPropertyNames().iterator().next();
        return Setting.of(
                "%s (%s=%s)".formatted(origin, name, one.getProperty(name)),
                name,
                one.getProperty(name).strip());
    }
}
