package dev.posthouse.client.cert.command;

import dev.posthouse.client.cert.CertClient;
import dev.posthouse.client.cert.Issued;
import dev.posthouse.client.cert.KeyWish;
import dev.posthouse.client.cert.Outputs;
import dev.posthouse.client.cert.SessionFile;
import dev.posthouse.client.cli.ReportOptions;
import dev.posthouse.client.cli.Time;
import dev.posthouse.client.pki.KeyType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "request",
        description = {
            "Make a key and get a certificate for this device's address.",
            "An interrupted request goes on when the command is run again."
        })
final class RequestCommand implements Runnable {

    private final Time time;

    @Mixin private ServiceOptions service;
    @Mixin private FileOptions files;
    @Mixin private ReportOptions report;

    @Option(
            names = "--key-type",
            paramLabel = "TYPE",
            defaultValue = "p256",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private KeyType keyType;

    @Option(names = "--force", description = "Replace files that are there already.")
    private boolean force;

    RequestCommand(Time time) {
        this.time = time;
    }

    @Override
    public void run() {
        Outputs outputs = files.outputs();
        SessionFile session = outputs.sessionFile();
        if (!force && !session.exists()) {
            outputs.requireAbsent();
        }
        CertClient client = service.client(time.clock(), report.pause(time));
        Issued issued =
                client.request(
                        service.order(new KeyWish.Fresh(keyType)), session, service.timeout());
        outputs.write(issued);
        session.delete();
        Outcome outcome = Outcome.issued(issued, outputs);
        report.print(outcome, outcome.lines());
    }
}
