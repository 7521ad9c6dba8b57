package dev.posthouse.client.parcel.command;

import dev.posthouse.client.cli.ReportOptions;
import dev.posthouse.client.failure.ClientException.FileProblem;
import dev.posthouse.client.file.InputFile;
import dev.posthouse.client.file.Readers;
import dev.posthouse.client.file.StagedFile;
import dev.posthouse.client.parcel.NewParcel;
import dev.posthouse.client.parcel.ReceivedParcel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "inspect",
        description = {
            "Show a parcel whose sender signed it, or take out what it carries.",
            "Whether the sender was allowed to send it is for the gateways to judge."
        })
final class InspectCommand implements Runnable {

    @Mixin private ReportOptions report;

    @Parameters(paramLabel = "FILE", description = "The parcel, as parcel collect keeps it.")
    private Path file;

    @Option(
            names = "--out-payload",
            paramLabel = "FILE",
            description = "Write what it carries here, 0600.")
    private Path payload;

    @Option(names = "--force", description = "Replace that file.")
    private boolean force;

    @Override
    public void run() {
        if (payload != null && !force) {
            InputFile.requireAbsent(payload);
        }
        ReceivedParcel parcel = read();
        ParcelReport said = ParcelReport.of(parcel);
        List<String> lines = new ArrayList<>(said.lines());
        if (payload != null) {
            StagedFile.write(payload, parcel.content().payload(), Readers.OWNER);
            lines.addFirst("wrote " + payload.toAbsolutePath());
        }
        report.print(said, lines);
    }

    private ReceivedParcel read() {
        try {
            return ReceivedParcel.read(InputFile.read(file, NewParcel.MOST_OCTETS));
        } catch (IllegalArgumentException e) {
            throw new FileProblem(file + " is no parcel: " + e.getMessage(), e);
        }
    }
}
