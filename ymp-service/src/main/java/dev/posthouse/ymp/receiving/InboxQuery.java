package dev.posthouse.ymp.receiving;

import dev.posthouse.ymp.YmpException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an application asks the inbox for (YMP, section 9).
 *
 * @param most messages
 * @param patience to wait for the first, if there is none
 * @param protocol only of this one
 * @param service only of this one
 */
record InboxQuery(
        int most, Duration patience, Optional<String> protocol, Optional<String> service) {

    private static final int MOST_MESSAGES = 1_000;
    private static final int LONGEST_WAIT = 30;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

    /**
     * Reads the parameters of a call; those that are null count as not given.
     *
     * @throws YmpException for a value that cannot be
     */
    static InboxQuery parse(String max, String wait, String protocol, String service) {
        return new InboxQuery(
                number("max", max, 1, MOST_MESSAGES),
                Duration.ofSeconds(number("wait", wait, 0, LONGEST_WAIT)),
                name("protocol", protocol),
                name("service", service));
    }

    private static int number(String parameter, String text, int least, int most) {
        int number = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            throw YmpException.malformed(
                    "inbox." + parameter, parameter + " is " + least + " to " + most + ".");
        }
        return number;
    }

    /** An empty one is none; names are the same in capitals (section 2). */
    private static Optional<String> name(String parameter, String text) {
        Optional<String> name =
                Optional.ofNullable(text)
                        .filter(given -> !given.isEmpty())
                        .map(given -> given.toLowerCase(Locale.ROOT));
        if (name.filter(given -> !NAME.matcher(given).matches()).isPresent()) {
            throw YmpException.malformed("inbox." + parameter, "That is no " + parameter + ".");
        }
        return name;
    }
}
