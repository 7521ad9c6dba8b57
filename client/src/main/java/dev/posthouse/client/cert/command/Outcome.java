package dev.posthouse.client.cert.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.posthouse.client.cert.Issued;
import dev.posthouse.client.cert.Outputs;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a request or a renewal ended with.
 *
 * @param status {@code issued} or {@code not-due}
 * @param due when a renewal will be due, if it is not
 * @param files what was written
 * @param certificate the one now in use
 */
@JsonInclude(Include.NON_NULL)
record Outcome(String status, String due, List<String> files, CertificateReport certificate) {

    static Outcome issued(Issued issued, Outputs outputs) {
        List<String> files =
                outputs.files().stream().map(Path::toAbsolutePath).map(Path::toString).toList();
        return new Outcome("issued", null, files, CertificateReport.of(issued.certificate()));
    }

    static Outcome notDue(X509Certificate current, Instant due) {
        String when = due.toString();
        return new Outcome("not-due", when, List.of(), CertificateReport.of(current));
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (due != null) {
            lines.add("not due before " + due);
        }
        files.forEach(file -> lines.add("wrote " + file));
        lines.add(
                "certificate for %s, valid until %s"
                        .formatted(
                                String.join(", ", certificate.addresses()),
                                certificate.notAfter()));
        return lines;
    }
}
