package dev.posthouse.local.demo;

import dev.posthouse.local.process.LocalFailure;
import dev.posthouse.local.suite.Service;
import dev.posthouse.local.suite.StateDirectory;
import dev.posthouse.local.suite.Suite;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a newcomer should see once.
 *
 * <ol>
 *   <li>The suite starts.
 *   <li>The client's command line gets a certificate for 127.0.0.1.
 *   <li>A web server uses it; a visitor who trusts nothing but the device root fetches a page.
 *   <li>The services' events tell which way the certificate came.
 *   <li>Two YMP hosts exchange messages, and one of them is restarted meanwhile.
 *   <li>A parcel goes through two relays, one of which is restarted while it waits there.
 * </ol>
 *
 * @param suite not started yet
 * @param state where the device keeps its files as well
 * @param out told what happens
 */
public record Demo(Suite suite, StateDirectory state, PrintWriter out) {

    /** What it needs: second parties, and firsts that soon find out that those are back. */
    public static final List<String> SETTINGS =
            List.of(
                    "instance." + Exchange.FRIEND + "=ymp",
                    Exchange.FRIEND + ".backoff.cap=2s",
                    "instance." + Relaying.OTHER + "=relay",
                    "relay.delivery.first-retry=1s",
                    "relay.delivery.retry-cap=2s");

    private static final String ADDRESS = "127.0.0.1";

    /** Runs it; the suite is left running. */
    public void run() {
        out.println("1. The suite starts: PostgreSQL, Kafka and the services, with mutual TLS.");
        suite.start();
        Path device = makeDevice();

        out.printf("%n2. A device asks for a certificate for its address, %s:%n", ADDRESS);
        requestCertificate(device);

        out.printf("%n3. The device serves a page with it:%n");
        try (DevicePage page = DevicePage.serve(device.resolve("device.p12"), passphrase(device))) {
            String body = page.fetch(suite.pki().deviceRoot());
            out.printf("   GET %s, trusting %s alone%n", page.url(), suite.pki().deviceRoot());
            out.printf("   200 \"%s\"%n", body);
        }

        out.printf("%n4. Which way it came, as the services' events tell it:%n");
        new Hops(suite.bootstrapServers()).print(out);

        out.printf("%n5. Two hosts exchange messages; one of them is away for a while:%n");
        new Exchange(suite, out).run();

        out.printf("%n6. A parcel goes through two relays, and neither opens it:%n");
        new Relaying(suite, state.path().resolve("parcels"), out).run();
    }

    private Path makeDevice() {
        try {
            Path device = Files.createDirectories(state.path().resolve("device"));
            Files.writeString(device.resolve("passphrase"), "for-this-demo-only\n");
            return device;
        } catch (IOException e) {
            throw new LocalFailure("cannot make the device's directory", e);
        }
    }

    private static char[] passphrase(Path device) {
        try {
            return Files.readString(device.resolve("passphrase")).strip().toCharArray();
        } catch (IOException e) {
            throw new LocalFailure("cannot read the device's passphrase", e);
        }
    }

    /** By the real command line, as a process of its own. */
    private void requestCertificate(Path device) {
        new ClientRun(out)
                .run(
                        List.of("cert", "request"),
                        List.of(
                                "--proxy=" + suite.service(Service.PROXY).url(),
                                "--trust-anchor=" + suite.pki().trustAnchor(),
                                "--device-root=" + suite.pki().deviceRoot(),
                                "--address=" + ADDRESS,
                                "--timeout=2m",
                                "--out-key=" + device.resolve("device.key"),
                                "--out-cert=" + device.resolve("device.crt"),
                                "--p12=" + device.resolve("device.p12"),
                                "--p12-passphrase-file=" + device.resolve("passphrase")));
    }
}
