package dev.posthouse.client.cert.command;

import dev.posthouse.client.cert.CertClient;
import dev.posthouse.client.cert.Issued;
import dev.posthouse.client.cert.KeyWish;
import dev.posthouse.client.cert.Outputs;
import dev.posthouse.client.cert.Renewal;
import dev.posthouse.client.cert.SessionFile;
import dev.posthouse.client.cli.ReportOptions;
import dev.posthouse.client.cli.Time;
import dev.posthouse.client.pki.KeyType;
import java.security.cert.X509Certificate;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "renew",
        description = {
            "Replace a certificate when two thirds of its lifetime are over; else do nothing.",
            "The old files stay until the new ones are complete. Fit for a timer."
        })
final class RenewCommand implements Runnable {

    private final Time time;

    @Mixin private ServiceOptions service;
    @Mixin private FileOptions files;
    @Mixin private ReportOptions report;

    @Option(names = "--force", description = "Renew even if it is not due.")
    private boolean force;

    @Option(names = "--reuse-key", description = "Keep the key; else a new one is made.")
    private boolean reuseKey;

    @Option(
            names = "--key-type",
            paramLabel = "TYPE",
            description = "Of a new key: ${COMPLETION-CANDIDATES} (default: the old key's).")
    private KeyType keyType;

    RenewCommand(Time time) {
        this.time = time;
    }

    @Override
    public void run() {
        Outputs outputs = files.outputs();
        SessionFile session = outputs.sessionFile();
        X509Certificate current = outputs.readChain().getFirst();
        Instant due = new Renewal(current).due();
        boolean asked = force || session.exists();
        Outcome outcome =
                asked || !time.clock().instant().isBefore(due)
                        ? renewed(outputs, session, current)
                        : Outcome.notDue(current, due);
        report.print(outcome, outcome.lines());
    }

    private Outcome renewed(Outputs outputs, SessionFile session, X509Certificate current) {
        KeyWish key =
                reuseKey
                        ? new KeyWish.Kept(outputs.readKey())
                        : new KeyWish.Fresh(typeAfter(current));
        CertClient client = service.client(time.clock(), report.pause(time));
        Issued issued = client.request(service.order(key), session, service.timeout());
        outputs.write(issued);
        session.delete();
        return Outcome.issued(issued, outputs);
    }

    private KeyType typeAfter(X509Certificate current) {
        return keyType != null ? keyType : KeyType.of(current.getPublicKey()).orElse(KeyType.P256);
    }
}
