package dev.posthouse.bench.rig;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a service's JVM is told, beginning with what the suite tells it.
 *
 * @param words of the command line, the packaged application last
 */
record Arguments(List<String> words) {

    Arguments {
        words = List.copyOf(words);
    }

    /** With these settings in place of the suite's. */
    Arguments with(Map<String, String> settings) {
        List<String> changed = new ArrayList<>(words);
        changed.removeIf(word -> settings.keySet().stream().anyMatch(key -> sets(word, key)));
        settings.forEach((key, value) -> changed.addFirst("-D" + key + "=" + value));
        return new Arguments(changed);
    }

    /** With this option of the JVM. */
    Arguments with(String option) {
        List<String> changed = new ArrayList<>(words);
        changed.addFirst(option);
        return new Arguments(changed);
    }

    /** Without a start-up cache. */
    Arguments plain() {
        return new Arguments(
                words.stream().filter(word -> !word.startsWith("-XX:AOTCache=")).toList());
    }

    /** Whether a start-up cache is used. */
    boolean cached() {
        return words.stream().anyMatch(word -> word.startsWith("-XX:AOTCache="));
    }

    /** Another application with the same settings. */
    Arguments running(Path application) {
        List<String> changed = new ArrayList<>(words);
        changed.removeLast();
        changed.add(application.toString());
        return new Arguments(changed);
    }

    /** One setting. */
    String of(String key) {
        return words.stream()
                .filter(word -> sets(word, key))
                .map(word -> word.substring(word.indexOf('=') + 1))
                .findFirst()
                .orElseThrow();
    }

    private static boolean sets(String word, String key) {
        return word.startsWith("-D" + key + "=");
    }
}
