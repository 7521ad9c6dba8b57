package dev.posthouse.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The README's lines, with this run's addresses: a message from one host to another by curl alone.
 *
 * @param status where everything is
 * @param hosts the names of the YMP hosts that run
 */
record YmpLines(Status status, List<String> hosts) {

    void print(PrintWriter out) {
        if (hosts.size() < 2) {
            out.println(
                    "With --instance west=ymp there is a second host to exchange messages with.");
            out.println();
            return;
        }
        out.println("A message from one host to another, by hand:");
        out.println();
        out.println(text().indent(4));
    }

    String text() {
        try (InputStream lines = YmpLines.class.getResourceAsStream("ymp-lines.sh")) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@trust_anchor@", CurlLines.quoted(status.trustAnchor()))
                    .replace("@cert@", CurlLines.quoted(status.application().cert()))
                    .replace("@key@", CurlLines.quoted(status.application().key()))
                    .replace("@first@", url(0))
                    .replace("@second@", url(1))
                    .replace("@second_host@", URI.create(url(1)).getAuthority());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String url(int host) {
        return status.services().get(hosts.get(host)).url();
    }
}
