package dev.posthouse.client.gateway.command;

import dev.posthouse.client.cli.ReportOptions;
import dev.posthouse.client.cli.Time;
import dev.posthouse.client.file.InputFile;
import dev.posthouse.client.file.Readers;
import dev.posthouse.client.file.StagedFile;
import dev.posthouse.client.gateway.ConnectionParameters;
import dev.posthouse.client.gateway.PoWebClient;
import dev.posthouse.client.gateway.SessionKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "params", description = "Show who an Internet gateway is, and by which name.")
final class ParamsCommand implements Runnable {

    private final Time time;

    @Mixin private RelayOptions relay;
    @Mixin private ReportOptions report;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the connection parameters as they come (DER).")
    private Path out;

    @Option(names = "--force", description = "Replace the file.")
    private boolean force;

    ParamsCommand(Time time) {
        this.time = time;
    }

    @Override
    public void run() {
        if (out != null && !force) {
            InputFile.requireAbsent(out);
        }
        try (PoWebClient client = relay.client(time, report)) {
            ConnectionParameters parameters = client.parameters();
            if (out != null) {
                StagedFile.write(out, parameters.octets(), Readers.EVERYBODY);
            }
            report.print(json(parameters), lines(parameters));
        }
    }

    private static Map<String, String> json(ConnectionParameters parameters) {
        Map<String, String> json = new LinkedHashMap<>();
        json.put("internet_address", parameters.internetAddress());
        json.put("id", parameters.id().text());
        parameters.sessionKey().ifPresent(key -> json.put("session_key", id(key)));
        return json;
    }

    private List<String> lines(ConnectionParameters parameters) {
        List<String> lines = new ArrayList<>();
        if (out != null) {
            lines.add("wrote " + out.toAbsolutePath());
        }
        lines.add("internet address  " + parameters.internetAddress());
        lines.add("id                " + parameters.id());
        parameters.sessionKey().ifPresent(key -> lines.add("session key       " + id(key)));
        return lines;
    }

    private static String id(SessionKey key) {
        return HexFormat.of().formatHex(key.id());
    }
}
