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

    /** A host by its name. */
    static HostName host(String text) {
        try {
            return HostName.parse(text);
        } catch (IllegalArgumentException noHost) {
            throw YmpException.malformed("host.syntax", "This is not a host name.");
        }
    }
}
