package dev.posthouse.client.parcel.command;

import dev.posthouse.client.cli.DurationConverter;
import dev.posthouse.client.cli.Usage;
import dev.posthouse.client.failure.ClientException.FileProblem;
import dev.posthouse.client.file.InputFile;
import dev.posthouse.client.node.NodeFiles;
import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.client.parcel.NewParcel;
import dev.posthouse.client.parcel.ReceivedParcel;
import dev.posthouse.common.guard.HostName;
import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The parcel that goes out: one that is there, or a new one. */
final class ParcelOptions {

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @ArgGroup(multiplicity = "1")
    private Source source;

    /** Where it comes from. */
    static final class Source {

        @Option(
                names = "--parcel",
                paramLabel = "FILE",
                description = "A parcel that is there, sent as it is.")
        private Path file;

        @ArgGroup(exclusive = false, multiplicity = "1")
        private Draft draft;
    }

    /** What a new one is made of. */
    static final class Draft {

        @Option(
                names = "--authorisation",
                paramLabel = "FILE",
                required = true,
                description = {
                    "The sender's delivery authorisation with its chain (PEM), as parcel authorise",
                    "writes it; for an endpoint on the Internet the sender's own certificate."
                })
        private Path authorisation;

        @Option(
                names = "--sender-key",
                paramLabel = "FILE",
                required = true,
                description = "The sender's key (PEM).")
        private Path key;

        @Option(
                names = "--payload",
                paramLabel = "TEXT|@FILE",
                required = true,
                description = {
                    "What it carries, or @ and the name of a file with it: encrypted for the",
                    "recipient by whoever made it. Nobody on the way looks into it."
                })
        private String payload;

        @Option(
                names = "--recipient",
                paramLabel = "ID",
                converter = NodeIdConverter.class,
                description = "The endpoint it is for (default: the one that authorised us).")
        private NodeId recipient;

        @Option(
                names = "--internet-address",
                paramLabel = "NAME",
                converter = NameConverter.class,
                description = {
                    "The name of the recipient's Internet gateway, or of the recipient on the",
                    "Internet (default: none, for one of our own gateway's)."
                })
        private HostName internetAddress;

        @Option(
                names = "--id",
                paramLabel = "ID",
                description = "The message id, 64 characters at most (default: a new UUID).")
        private String id;

        @Option(
                names = "--ttl",
                paramLabel = "TIME",
                defaultValue = "7d",
                converter = DurationConverter.class,
                description = "How long it lives, 180d at most (default: ${DEFAULT-VALUE}).")
        private Duration ttl;
    }

    /** The octets to send. */
    byte[] parcel(Clock clock) {
        return source.file == null
                ? made(source.draft, clock)
                : InputFile.read(source.file, NewParcel.MOST_OCTETS);
    }

    /** What is in it; a file with anything else is a problem. */
    ParcelReport report(byte[] parcel) {
        try {
            return ParcelReport.of(ReceivedParcel.read(parcel));
        } catch (IllegalArgumentException e) {
            throw new FileProblem(source.file + " is no parcel: " + e.getMessage(), e);
        }
    }

    private byte[] made(Draft draft, Clock clock) {
        NodeIdentity sender = NodeFiles.read(draft.key, draft.authorisation);
        if (!sender.certificate().isValidAt(clock.instant())) {
            throw new FileProblem(
                    draft.authorisation
                            + " is valid from %s to %s only"
                                    .formatted(
                                            sender.certificate().notBefore(),
                                            sender.certificate().notAfter()));
        }
        byte[] payload = payload(draft.payload);
        return Usage.require(
                command,
                () ->
                        new NewParcel(
                                        recipient(draft, sender.chain()),
                                        Optional.ofNullable(draft.internetAddress),
                                        draft.id == null ? UUID.randomUUID().toString() : draft.id,
                                        clock.instant(),
                                        draft.ttl,
                                        payload)
                                .signedBy(sender));
    }

    private static NodeId recipient(Draft draft, List<NodeCertificate> chain) {
        if (draft.recipient == null && chain.size() == 1) {
            throw new IllegalArgumentException(
                    "say --recipient: the sender's certificate does not tell who authorised it");
        }
        return draft.recipient == null ? chain.get(1).id() : draft.recipient;
    }

    private static byte[] payload(String text) {
        return text.startsWith("@")
                ? InputFile.read(Path.of(text.substring(1)), NewParcel.MOST_OCTETS)
                : text.getBytes(StandardCharsets.UTF_8);
    }
}
