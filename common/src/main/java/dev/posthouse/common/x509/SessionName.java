package dev.posthouse.common.x509;

import java.util.regex.Pattern;

/**
 * The name of one issuance, chosen by the client (certificates, section 4). With the AccessURL it
 * authorises collection, so it is never shown.
 */
public record SessionName(String value) {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_-]{16,64}");

    /** Refuses any other text with {@link InvalidSessionName}. */
    public SessionName {
        if (!ALLOWED.matcher(value).matches()) {
            throw new InvalidSessionName();
        }
    }

    @Override
    public String toString() {
        return "SessionName[hidden]";
    }
}
