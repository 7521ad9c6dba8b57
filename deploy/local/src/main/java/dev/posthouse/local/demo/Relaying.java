package dev.posthouse.local.demo;

import dev.posthouse.local.process.LocalFailure;
import dev.posthouse.local.suite.DevelopmentPki;
import dev.posthouse.local.suite.Service;
import dev.posthouse.local.suite.ServiceProcess;
import dev.posthouse.local.suite.Suite;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A parcel from an endpoint behind one relay to an endpoint behind another, which is restarted
 * while the parcel waits.
 *
 * @param suite with a second party of the role, {@link #OTHER}
 * @param directory where keys and parcels go
 * @param out told what happens
 */
record Relaying(Suite suite, Path directory, PrintWriter out) {

    /** The name of the second relay. */
    static final String OTHER = "north";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PARCEL = "greeting-1";

    void run() {
        ServiceProcess home = suite.service(Service.RELAY);
        ServiceProcess other = suite.service(OTHER);
        makeDirectory();
        out.println("   Alice's gateway registers with one relay, Bob's with the other:");
        join("alice", home);
        join("bob", other);

        out.printf("%n   Bob lets Alice send to him, which she does through her own relay:%n");
        parcel(
                "authorise",
                Stream.of(
                        file("endpoint-key", "bob.key"),
                        file("endpoint-cert", "bob.crt"),
                        file("sender", "alice.crt"),
                        file("out", "from-alice.crt")));
        Stream<String> letter =
                Stream.of(
                        file("authorisation", "from-alice.crt"),
                        file("sender-key", "alice.key"),
                        "--internet-address=" + OTHER + "." + DevelopmentPki.RELAY_DOMAIN,
                        "--id=" + PARCEL,
                        "--payload=Hello, Bob!");
        parcel("send", Stream.concat(at(home, "alice"), letter));

        out.printf("%n   Bob's relay is restarted, and then he collects:%n");
        other.part().stop();
        other.part().start();
        other.part().awaitReady(PATIENCE);
        Stream<String> one = Stream.of("--follow", "--max=1", file("out", "inbox"));
        if (!parcel("collect", Stream.concat(at(other, "bob"), one)).contains(PARCEL)) {
            throw new LocalFailure(PARCEL + " did not come to Bob");
        }
    }

    private void makeDirectory() {
        try {
            Files.createDirectories(directory.resolve("inbox"));
        } catch (IOException e) {
            throw new LocalFailure("cannot make " + directory, e);
        }
    }

    /** A private gateway of that person, and an endpoint behind it. */
    private void join(String person, ServiceProcess relay) {
        Stream<String> own =
                Stream.of(
                        file("key", person + "-gateway.key"),
                        file("cert", person + "-gateway.crt"));
        run("gateway", "register", Stream.concat(server(relay), own));
        Stream<String> endpoint =
                Stream.of(file("key", person + ".key"), file("cert", person + ".crt"));
        run("gateway", "endpoint", Stream.concat(gateway(person), endpoint));
    }

    private Stream<String> at(ServiceProcess relay, String person) {
        return Stream.concat(server(relay), gateway(person));
    }

    private Stream<String> server(ServiceProcess relay) {
        return Stream.of("--relay=" + relay.url(), "--trust-anchor=" + suite.pki().trustAnchor());
    }

    private Stream<String> gateway(String person) {
        return Stream.of(
                file("gateway-key", person + "-gateway.key"),
                file("gateway-cert", person + "-gateway.crt"));
    }

    private String file(String option, String name) {
        return "--" + option + "=" + directory.resolve(name);
    }

    private String parcel(String command, Stream<String> options) {
        return run("parcel", command, options);
    }

    private String run(String group, String command, Stream<String> options) {
        return new ClientRun(out).run(List.of(group, command), options.toList());
    }
}
