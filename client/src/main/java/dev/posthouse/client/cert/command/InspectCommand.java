package dev.posthouse.client.cert.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.posthouse.client.cert.ChainCheck;
import dev.posthouse.client.cert.Renewal;
import dev.posthouse.client.cli.ExitCode;
import dev.posthouse.client.cli.ReportOptions;
import dev.posthouse.client.cli.Time;
import dev.posthouse.client.file.CertificateFile;
import dev.posthouse.client.file.InputFile;
import dev.posthouse.client.file.Pkcs12;
import dev.posthouse.client.https.Trust;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "inspect", description = "Show a certificate and check its chain.")
final class InspectCommand implements Callable<Integer> {

    private final Time time;

    @Mixin private ReportOptions report;

    @Parameters(paramLabel = "FILE", description = "Certificate and chain in PEM, or PKCS#12.")
    private Path file;

    @Option(
            names = "--p12-passphrase-file",
            paramLabel = "FILE",
            description = "Passphrase of the file, which is PKCS#12.")
    private Path passphraseFile;

    @Option(
            names = "--device-root",
            paramLabel = "FILE",
            description = "Roots (PEM) the chain must lead to; else the command ends with 5.")
    private Path deviceRoot;

    InspectCommand(Time time) {
        this.time = time;
    }

    @Override
    public Integer call() {
        List<X509Certificate> chain = chain();
        Optional<String> problem =
                deviceRoot == null
                        ? Optional.empty()
                        : new ChainCheck(Trust.read(deviceRoot))
                                .problem(chain, time.clock().instant());
        Inspection inspection = inspect(chain, problem);
        report.print(inspection, inspection.lines());
        return problem.isPresent() ? ExitCode.WRONG_ANSWER : ExitCode.OK;
    }

    private List<X509Certificate> chain() {
        return passphraseFile == null
                ? CertificateFile.read(file)
                : Pkcs12.read(file, InputFile.readPassphrase(passphraseFile)).chain();
    }

    private Inspection inspect(List<X509Certificate> chain, Optional<String> problem) {
        X509Certificate leaf = chain.getFirst();
        return new Inspection(
                CertificateReport.of(leaf),
                state(leaf),
                new Renewal(leaf).due().toString(),
                chain.stream().skip(1).map(one -> one.getSubjectX500Principal().getName()).toList(),
                deviceRoot == null ? null : problem.isEmpty(),
                problem.orElse(null));
    }

    private String state(X509Certificate leaf) {
        Instant now = time.clock().instant();
        if (now.isBefore(leaf.getNotBefore().toInstant())) {
            return "not valid yet";
        }
        return now.isAfter(leaf.getNotAfter().toInstant()) ? "expired" : "valid";
    }

    /**
     * What was found.
     *
     * @param verified null when no root was named
     */
    @JsonInclude(Include.NON_NULL)
    record Inspection(
            @JsonUnwrapped CertificateReport certificate,
            String state,
            String renew,
            List<String> chain,
            Boolean verified,
            String problem) {

        List<String> lines() {
            List<String> lines = new ArrayList<>(certificate.lines());
            lines.add("state      " + state);
            lines.add("renew      from " + renew);
            chain.forEach(above -> lines.add("chain      " + above));
            if (verified != null) {
                lines.add("verified   " + (verified ? "yes" : "no: " + problem));
            }
            return lines;
        }
    }
}
