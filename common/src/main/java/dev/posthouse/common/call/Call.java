package dev.posthouse.common.call;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a stranger's host is asked. A path or a header that would say more on the wire than it seems
 * to is refused: part of either may come from the stranger.
 *
 * @param method GET or POST
 * @param path with its query
 * @param headers besides those that the client itself writes
 * @param body empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
public record Call(Method method, String path, Map<String, String> headers, byte[] body) {

    /** The methods of the protocols. */
    public enum Method {
        /** Asks. */
        GET,
        /** Hands over. */
        POST
    }

    private static final Pattern PATH = Pattern.compile("/[!-~&&[^#]]*");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]+");
    private static final Pattern VALUE = Pattern.compile("[ -~]*");

    private static final Set<String> WRITTEN_BY_THE_CLIENT =
            Set.of(
                    "connection",
                    "content-length",
                    "expect",
                    "host",
                    "keep-alive",
                    "te",
                    "transfer-encoding",
                    "upgrade");

    /**
     * Keeps the headers as they are now.
     *
     * @throws IllegalArgumentException for what could not be written as it is
     */
    public Call {
        headers = Map.copyOf(headers);
        requirePath(path);
        if (!headers.entrySet().stream().allMatch(Call::fits)) {
            throw cannotBeAsked();
        }
    }

    /** Lets pass what can be written as it is. */
    static void requirePath(String path) {
        if (!PATH.matcher(path).matches()) {
            throw cannotBeAsked();
        }
    }

    private static IllegalArgumentException cannotBeAsked() {
        return new IllegalArgumentException("This cannot be asked for.");
    }

    /** Asks for what is there. */
    public static Call get(String path, Map<String, String> headers) {
        return new Call(Method.GET, path, headers, new byte[0]);
    }

    /** Hands over these octets. */
    public static Call post(String path, Map<String, String> headers, byte[] body) {
        return new Call(Method.POST, path, headers, body);
    }

    private static boolean fits(Map.Entry<String, String> header) {
        return HEADER.matcher(header.getKey()).matches()
                && VALUE.matcher(header.getValue()).matches()
                && !WRITTEN_BY_THE_CLIENT.contains(header.getKey().toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return method + " of " + body.length + " octets";
    }
}
