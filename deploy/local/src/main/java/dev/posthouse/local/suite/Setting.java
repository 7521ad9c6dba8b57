package dev.posthouse.local.suite;

/**
 * What somebody asked for, not understood yet.
 *
 * @param origin where it stands, for messages
 * @param owner whose setting it is, the part before the first dot
 * @param key the rest
 * @param value what it shall be
 */
public record Setting(String origin, String owner, String key, String value) {

    /** Reads {@code <owner>.<key>=<value>}, as the option of this name takes it. */
    public static Setting parse(String option, String word) {
        return parse(option, "", word);
    }

    /** The same of an option that takes {@code <key>=<value>} of one owner alone. */
    public static Setting parse(String option, String owner, String word) {
        int equals = word.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException(
                    "%s wants %s=<value>, not '%s'"
                            .formatted(
                                    option, owner.isEmpty() ? "<service>.<key>" : "<name>", word));
        }
        return of(
                option + " " + word,
                (owner.isEmpty() ? "" : owner + ".") + word.substring(0, equals),
                word.substring(equals + 1));
    }

    static Setting of(String origin, String name, String value) {
        int dot = name.indexOf('.');
        if (dot < 1 || dot == name.length() - 1) {
            throw new IllegalArgumentException(
                    origin + ": a setting is written <service>.<key>=<value>");
        }
        return new Setting(origin, name.substring(0, dot), name.substring(dot + 1), value);
    }

    IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(origin + ": " + why);
    }

    /** The value as a number within these bounds. */
    int number(int least, int most, String what) {
        if (value.matches("[0-9]{1,5}")) {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw refused("%s is a number from %d to %d".formatted(what, least, most));
    }
}
