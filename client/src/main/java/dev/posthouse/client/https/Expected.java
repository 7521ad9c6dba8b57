package dev.posthouse.client.https;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an answer must be to settle a call.
 *
 * @param statuses the good ones
 * @param mediaType what its body must be, parameters and all; null for any or none
 * @param words what that is, for people
 */
record Expected(Set<Integer> statuses, Pattern mediaType, String words) {

    private static final int NOTHING_TO_SAY = 204;
    private static final Pattern JSON =
            Pattern.compile("(?i)application/json *(; *charset=\"?utf-8\"?)?");

    /** JSON, unless the status says that there is nothing to say. */
    static Expected json(Set<Integer> statuses) {
        return new Expected(statuses, JSON, "JSON");
    }

    /** A body of one type. */
    static Expected body(String mediaType) {
        return new Expected(
                Set.of(200),
                Pattern.compile("(?i)" + Pattern.quote(mediaType) + " *(;.*)?"),
                mediaType);
    }

    /** Any success, whatever else it says. */
    static Expected success() {
        return new Expected(Set.of(200, 201, 202, 203, 204), null, "anything");
    }

    /** Whether a good answer has the right type. */
    boolean takes(int status, String type) {
        return mediaType == null || status == NOTHING_TO_SAY || mediaType.matcher(type).matches();
    }
}
