package dev.posthouse.ymp.admin;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.ymp.YmpException;
import java.util.regex.Pattern;

/** What an operator asks for. */
final class Page {

    private static final int LONGEST = 1_000;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

    private Page() {}

    /** How many are listed. As text: the framework takes what is no number for a wrong path. */
    static int size(String max) {
        int size = NUMBER.matcher(max).matches() ? Integer.parseInt(max) : 0;
        if (size < 1 || size > LONGEST) {
            throw YmpException.malformed("query.max", "max is from 1 to " + LONGEST + ".");
        }
        return size;
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
