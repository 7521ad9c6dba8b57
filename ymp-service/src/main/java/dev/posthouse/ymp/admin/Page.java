package dev.posthouse.ymp.admin;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.ymp.YmpException;

/** What an operator asks for. */
final class Page {

    private static final int LONGEST = 1_000;

    private Page() {}

    /** How many are listed. */
    static int size(int max) {
        if (max < 1 || max > LONGEST) {
            throw YmpException.malformed("query.max", "max is from 1 to " + LONGEST + ".");
        }
        return max;
    }

    /** What a page begins after: a name, or something like one. */
    static String after(String text) {
        if (text.indexOf('\0') >= 0) {
            throw noHost();
        }
        return text;
    }

    /** A host by its name. */
    static HostName host(String text) {
        try {
            return HostName.parse(text);
        } catch (IllegalArgumentException noHost) {
            throw noHost();
        }
    }

    private static YmpException noHost() {
        return YmpException.malformed("host.syntax", "This is not a host name.");
    }
}
