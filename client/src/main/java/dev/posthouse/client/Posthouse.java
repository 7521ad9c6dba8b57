package dev.posthouse.client;

import dev.posthouse.client.cert.command.CertCommand;
import dev.posthouse.client.cli.ExitCode;
import dev.posthouse.client.cli.Failures;
import dev.posthouse.client.cli.OpenKeys;
import dev.posthouse.client.cli.Time;
import dev.posthouse.client.gateway.command.GatewayCommand;
import dev.posthouse.client.parcel.command.ParcelCommand;
import dev.posthouse.client.pki.command.PkiCommand;
import dev.posthouse.client.ymp.command.YmpCommand;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The command line's entry. */
@Command(
        name = "posthouse",
        description = {
            "Certificates for devices, messages between hosts, parcels between endpoints,",
            "and the keys behind them."
        },
        subcommands = GenerateCompletion.class,
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        exitCodeOnExecutionException = ExitCode.INTERNAL)
public final class Posthouse {

    private Posthouse() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The whole command line; a launcher adds commands of its own. */
    public static CommandLine commandLine() {
        return commandLine(Time.real());
    }

    static CommandLine commandLine(Time time) {
        return new CommandLine(new Posthouse())
                .addSubcommand(CertCommand.commandLine(time))
                .addSubcommand(PkiCommand.commandLine(time.clock()))
                .addSubcommand(YmpCommand.commandLine(time))
                .addSubcommand(GatewayCommand.commandLine(time))
                .addSubcommand(ParcelCommand.commandLine(time))
                // --payload @file is for its command to read.
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(new OpenKeys())
                .setExecutionExceptionHandler(new Failures());
    }
}
