package dev.posthouse.client.gateway.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.posthouse.client.cli.ReportOptions;
import dev.posthouse.client.cli.Time;
import dev.posthouse.client.gateway.PoWebClient;
import dev.posthouse.client.gateway.Registration;
import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.common.node.NodeCertificate;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "register",
        description = {
            "Register a private gateway with an Internet gateway, or renew its registration.",
            "Does nothing before half the certificate's life is over, so run it on a timer."
        })
final class RegisterCommand implements Runnable {

    private final Time time;

    @Mixin private RelayOptions relay;
    @Mixin private NodeOutputs files;
    @Mixin private ReportOptions report;

    RegisterCommand(Time time) {
        this.time = time;
    }

    @Override
    public void run() {
        if (files.hasCertificate() && !files.isForced() && !isDue(files.read().certificate())) {
            print(Outcome.of("not-due", files.read(), null));
            return;
        }
        KeyPair pair = files.keyPair();
        try (PoWebClient client = relay.client(time, report)) {
            Registration registration = client.register(pair);
            NodeIdentity node = registration.identity(pair);
            files.write(node);
            print(Outcome.of("registered", node, registration.internetAddress()));
        }
    }

    private boolean isDue(NodeCertificate certificate) {
        Duration life = Duration.between(certificate.notBefore(), certificate.notAfter());
        Instant half = certificate.notBefore().plus(life.dividedBy(2));
        return !time.clock().instant().isBefore(half);
    }

    private void print(Outcome outcome) {
        report.print(outcome, outcome.lines(files));
    }

    /**
     * What became of it.
     *
     * @param internetAddress null when the gateway was not asked
     */
    @JsonInclude(Include.NON_NULL)
    record Outcome(
            String status,
            String id,
            String gateway,
            @JsonProperty("internet_address") String internetAddress,
            @JsonProperty("not_after") String notAfter) {

        static Outcome of(String status, NodeIdentity node, String internetAddress) {
            return new Outcome(
                    status,
                    node.id().text(),
                    node.chain().getLast().id().text(),
                    internetAddress,
                    node.certificate().notAfter().toString());
        }

        List<String> lines(NodeOutputs files) {
            List<String> lines = new ArrayList<>();
            if (internetAddress != null) {
                lines.add("wrote " + files.certificate().toAbsolutePath());
                lines.add("internet address " + internetAddress);
            }
            lines.add("private gateway  " + id);
            lines.add("below            " + gateway);
            lines.add(status.replace('-', ' ') + ", valid until " + notAfter);
            return lines;
        }
    }
}
