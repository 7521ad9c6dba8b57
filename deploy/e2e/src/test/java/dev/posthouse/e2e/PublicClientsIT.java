package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.local.suite.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The protocol's own clients, out of the public registry, at two relays (PoHTTP, sections 8, 9 and
 * 11.1): {@code src/test/node/clients.mjs} runs them, this judges. Needs Node, npm and the
 * registry, which the rest of the build does without: where they are not, {@code
 * -Dpublic-clients=optional} skips this, and without that it fails.
 */
final class PublicClientsIT {

    private static final Path MODULE =
            Path.of(System.getProperty("posthouse.home")).resolve("deploy/e2e");
    private static final Path DIRECTORY = MODULE.resolve("target/node").toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ADDRESS = "\"address\":\"%s.posthouse.example\"";

    private static final boolean OPTIONAL =
            "optional".equals(System.getProperty("posthouse.public-clients"));

    private static final List<JsonNode> TOLD = new ArrayList<>();

    @BeforeAll
    static void runThem() throws IOException {
        require(exists("node") && exists("npm"), "there is no Node here");
        install();
        Running suite = Running.suite();
        Command.Result clients =
                run(
                        "env",
                        "NODE_EXTRA_CA_CERTS=" + suite.pki().trustAnchor(),
                        "node",
                        "clients.mjs",
                        port(suite, Service.RELAY.shortName()),
                        port(suite, Running.NORTH),
                        String.valueOf(Running.NORTH_PLAIN_PORT));
        assertThat(clients.exit()).as(clients.output()).isZero();
        for (String line : clients.output().lines().filter(one -> one.startsWith("{")).toList()) {
            TOLD.add(JSON.readTree(line));
        }
    }

    private static String port(Running suite, String party) {
        return String.valueOf(suite.processes().service(party).url().getPort());
    }

    private static void require(boolean condition, String missing) {
        assumeTrue(condition || !OPTIONAL, missing);
        assertThat(condition).as(missing).isTrue();
    }

    private static boolean exists(String program) {
        return Command.run(MODULE, List.of("sh", "-c", "command -v " + program)).exit() == 0;
    }

    /** Exactly what the lock file says, and none of its scripts. */
    private static void install() throws IOException {
        Files.createDirectories(DIRECTORY);
        for (String file : List.of("package.json", "package-lock.json")) {
            copy(MODULE.resolve(file));
        }
        copy(MODULE.resolve("src/test/node/clients.mjs"));
        Command.Result installed =
                run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
        require(
                !installed.output().matches("(?s).*(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT).*"),
                "the registry cannot be reached");
        assertThat(installed.exit()).as(installed.output()).isZero();
    }

    private static void copy(Path file) throws IOException {
        Files.write(DIRECTORY.resolve(file.getFileName()), Files.readAllBytes(file));
    }

    private static Command.Result run(String... words) {
        return Command.run(DIRECTORY, List.of(words));
    }

    @Test
    void registersPrivateGatewaysWithTheirOwnRelay() {
        List<JsonNode> registered = told("registered");

        assertThat(registered).hasSize(3);
        assertThat(registered)
                .allSatisfy(one -> {
                    assertThat(one.path("certified")).isEqualTo(one.path("id"));
                    assertThat(one.path("issuer")).isEqualTo(one.path("gateway"));
                    assertThat(one.path("sessionKey").asBoolean()).isTrue();
                });
        assertThat(registered.get(0).toString()).contains(ADDRESS.formatted("relay"));
        assertThat(registered.get(1).toString()).contains(ADDRESS.formatted(Running.NORTH));
        assertThat(registered.get(2).toString()).contains(ADDRESS.formatted(Running.NORTH));
    }

    @Test
    void handsOutWhatStrangersAndOtherRelaysBring() {
        assertThat(told("delivered").getFirst().path("status").asInt()).isEqualTo(202);
        assertThat(collected("pushed")).containsExactly("direct", "relayed");
    }

    @Test
    void handsOutWhatWaitsInOrderAndOnce() {
        assertThat(collected("waiting"))
                .containsExactlyElementsOf(
                        IntStream.range(0, 12).mapToObj("waiting-%02d"::formatted).toList());
        assertThat(collected("again")).isEmpty();
    }

    @Test
    void refusesInTheWayThatEachClientKnows() {
        assertThat(told("taken")).isEmpty();
        assertThat(told("refused"))
                .extracting(one -> one.path("way").asText() + ": " + one.path("error").asText())
                .containsExactly(
                        "pohttp, tampered with: PoHTTPInvalidParcelError",
                        "pohttp, not authorised: PoHTTPInvalidParcelError",
                        "pohttp, no parcel: PoHTTPClientBindingError",
                        "poweb, tampered with: RefusedParcelError",
                        "poweb, not ours: ParcelDeliveryError");
        assertThat(told("refused"))
                .filteredOn(one -> one.path("error").asText().startsWith("PoHTTP"))
                .allSatisfy(one -> assertThat(one.path("message").asText()).contains(": "));
        assertThat(told("refused").getLast().path("message").asText()).contains("401");
    }

    @Test
    void speaksPoWebOnLoopbackWithoutTls() {
        assertThat(collected("plain")).containsExactly("near");
    }

    private static List<String> collected(String how) {
        List<String> ids = new ArrayList<>();
        told("collected").stream()
                .filter(one -> one.path("how").asText().equals(how))
                .forEach(one -> one.path("ids").forEach(id -> ids.add(id.asText())));
        return ids;
    }

    private static List<JsonNode> told(String what) {
        return TOLD.stream().filter(one -> one.path("what").asText().equals(what)).toList();
    }
}
