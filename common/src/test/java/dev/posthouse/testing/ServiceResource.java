package dev.posthouse.testing;

import dev.posthouse.common.x509.Pem;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a service under test stands on: an empty database, Kafka with the suite's topics, an
 * identity of the test's service CA, free ports. Init arguments: {@code module} (such as {@code
 * ca-service}); all others become settings, in which <code>${test.directory}</code> and <code>
 * ${test.port.NAME}</code> are filled in.
 */
public final class ServiceResource implements QuarkusTestResourceLifecycleManager {

    /** The one CA of this JVM's tests; a property, since Quarkus loads test classes twice. */
    private static final String DIRECTORY = "posthouse.testing.directory";

    private static final Pattern PORT = Pattern.compile("\\$\\{test\\.port\\.([a-z]+)}");

    private Map<String, String> arguments = Map.of();

    @Override
    public void init(Map<String, String> initArgs) {
        arguments = Map.copyOf(initArgs);
    }

    @Override
    public Map<String, String> start() {
        String module = arguments.get("module");
        String shortName = module.replace("-service", "");
        Path directory = directory();
        TestAccessUrls.shared("unused");
        writeKey(directory, "name.key", "a name key of the tests, long enough");
        writeKey(directory, "held-token.key", "YSBrZXkgZm9yIHRva2VucyBvZiB0aGUgdGVzdHMsIDE=");
        TestPki.shared().service(module).write(directory, "server");
        TestPki.Identity tokens = TestPki.shared().leaf("jwt").build();
        tokens.write(directory, "jwt");
        writeKey(
                directory,
                "jwt.pem",
                Pem.encode("PUBLIC KEY", tokens.certificate().getPublicKey().getEncoded()));
        TestKafka.topics(
                "proxy.csr-accepted",
                "proxy.csr-forwarded",
                "ca.certificate-issued",
                "ca.certificate-refused",
                "repository.certificate-stored",
                "repository.certificate-collected",
                "relay.parcel-accepted",
                "relay.parcel-collected",
                "relay.parcel-dead",
                "relay.parcel-delivered",
                "relay.parcel-expired",
                "ymp.message-received",
                "ymp.packet-accepted",
                "ymp.packet-dead",
                "ymp.packet-rejected",
                "ymp.packet-sent",
                "ymp.token-granted",
                "ymp.token-received",
                "ymp.token-refused",
                "ymp.token-revoked");
        Map<String, String> settings = new HashMap<>(arguments);
        settings.remove("module");
        settings.put("quarkus.datasource.jdbc.url", TestDatabase.use("posthouse_" + shortName));
        settings.put("quarkus.datasource.username", "postgres");
        settings.put("kafka.bootstrap.servers", TestKafka.bootstrapServers());
        settings.put("quarkus.tls.peer.key-store.pem.0.cert", directory + "/server.crt");
        settings.put("quarkus.tls.peer.key-store.pem.0.key", directory + "/server.key");
        settings.put("quarkus.tls.peer.trust-store.pem.certs", directory + "/ca.crt");
        settings.putIfAbsent("quarkus.http.test-ssl-port", "0");
        settings.put("quarkus.management.test-port", "0");
        settings.put("quarkus.log.console.json.enabled", "false");
        settings.replaceAll((key, value) -> resolve(value, directory));
        return settings;
    }

    private static String resolve(String value, Path directory) {
        return PORT.matcher(value.replace("${test.directory}", directory.toString()))
                .replaceAll(port -> Integer.toString(port(port.group(1))));
    }

    private static void writeKey(Path directory, String file, String key) {
        try {
            Files.writeString(directory.resolve(file), key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port kept free in this JVM for a fake peer of that name. */
    public static synchronized int port(String name) {
        String property = "posthouse.testing.port." + name;
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(Loopback.freePort()));
        }
        return Integer.getInteger(property);
    }

    /** Where this JVM's certificates, keys and other files of tests are. */
    public static synchronized Path directory() {
        String known = System.getProperty(DIRECTORY);
        if (known == null) {
            known = Loopback.temporaryDirectory("testing").toString();
            System.setProperty(DIRECTORY, known);
        }
        return Path.of(known);
    }

    @Override
    public void stop() {
        // Servers and files end with the JVM: the next application under test uses them again.
    }
}
