package dev.posthouse.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The README's lines, with this run's addresses: a certificate by openssl and curl alone.
 *
 * @param status where everything is
 */
record CurlLines(Status status) {

    void print(PrintWriter out) {
        out.println("A certificate for this machine, by hand:");
        out.println();
        out.println(text().indent(4));
    }

    String text() {
        try (InputStream lines = CurlLines.class.getResourceAsStream("curl-lines.sh")) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@trust_anchor@", quoted(status.trustAnchor()))
                    .replace("@device_root@", quoted(status.deviceRoot()))
                    .replace("@proxy@", status.services().get("proxy").url());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String quoted(String file) {
        return "'" + file.replace("'", "'\\''") + "'";
    }
}
