package dev.posthouse.local.suite;

import dev.posthouse.client.file.Readers;
import dev.posthouse.client.file.StagedFile;
import dev.posthouse.client.pki.AccessKey;
import dev.posthouse.client.pki.Authority;
import dev.posthouse.client.pki.Constraints;
import dev.posthouse.client.pki.Identity;
import dev.posthouse.client.pki.IssuingCa;
import dev.posthouse.client.pki.KeyType;
import dev.posthouse.client.pki.PkiDirectory;
import dev.posthouse.client.pki.RootCa;
import dev.posthouse.client.pki.ServicesCa;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.local.process.LocalFailure;
import dev.posthouse.testing.Loopback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Keys and certificates for one machine, made by the same library as an operator's real ones
 * (certificates, section 1). A playground's shortcut: the device root lies beside the services, and
 * the issuing CA permits every address.
 *
 * @param path where they are
 */
public record DevelopmentPki(Path path) {

    /** The domain of AccessNames, a name that no resolver knows. */
    public static final String ACCESS_DOMAIN = "devices.example";

    /** The domain of the relays' Internet addresses, likewise. */
    public static final String RELAY_DOMAIN = "posthouse.example";

    private static final List<String> NAMES = List.of("localhost");
    private static final List<IpAddress> ADDRESSES =
            Stream.of("127.0.0.1", "::1").map(IpAddress::parse).toList();
    private static final String DEVELOPER = "developer";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The one in this directory, made when there is none. */
    static DevelopmentPki in(Path directory, Clock clock) {
        if (Files.notExists(directory)) {
            // Made beside and moved, so that a crash leaves no half of one.
            Path fresh = directory.resolveSibling(directory.getFileName() + ".new");
            Loopback.delete(fresh);
            try {
                write(fresh, clock);
                Files.move(fresh, directory);
            } catch (IOException e) {
                throw new LocalFailure("cannot write the development PKI to " + directory, e);
            }
        }
        DevelopmentPki pki = new DevelopmentPki(directory);
        pki.complete(clock);
        return pki;
    }

    private static void write(Path path, Clock clock) throws IOException {
        PkiDirectory directory = new PkiDirectory(path, false);
        String passphrase = random();
        secret(path.resolve("passphrase"), passphrase + "\n");
        secret(path.resolve("name-key"), random());

        Authority root = RootCa.create(RootCa.NAME, clock);
        Constraints everywhere = new Constraints(ACCESS_DOMAIN, Constraints.EVERYWHERE);
        Authority issuing =
                new IssuingCa(IssuingCa.NAME, KeyType.P256, everywhere).create(root, clock);
        directory.write("root", root, passphrase.toCharArray());
        directory.write("issuing", issuing, passphrase.toCharArray());

        Authority services = ServicesCa.create(ServicesCa.NAME, clock);
        directory.write("services-ca", services, passphrase.toCharArray());
        directory.write(AccessKey.create(AccessKey.Algorithm.ES256));
    }

    /** Makes what an earlier build did not know of, and the identities of a new one. */
    private void complete(Clock clock) {
        PkiDirectory directory = new PkiDirectory(path, true);
        Map<String, Identity> missing = new TreeMap<>(identities());
        missing.keySet().removeIf(name -> Files.exists(certificate(name)));
        if (!missing.isEmpty()) {
            Authority services = servicesCa();
            missing.forEach((name, identity) ->
                    directory.write(name, identity.create(services, Identity.LIFETIME, clock)));
        }
        Stream.of(heldTokenKey(), relayKey())
                .filter(Files::notExists)
                .forEach(file -> {
                    byte[] key = Base64.getEncoder().encode(octets());
                    StagedFile.write(file, key, Readers.OWNER);
                });
    }

    /** By the names of their files. */
    private static Map<String, Identity> identities() {
        Map<String, Identity> all = new TreeMap<>();
        for (Service service : Service.values()) {
            String module = service.module();
            all.put(module, Identity.service(Identity.TRUST_DOMAIN, module, NAMES, ADDRESSES));
        }
        all.put("operator", Identity.operator(Identity.TRUST_DOMAIN, DEVELOPER));
        all.put("application", Identity.ympApplication(Identity.TRUST_DOMAIN, DEVELOPER));
        return all;
    }

    private static String random() {
        return HexFormat.of().formatHex(octets());
    }

    private static byte[] octets() {
        byte[] octets = new byte[32];
        RANDOM.nextBytes(octets);
        return octets;
    }

    private static void secret(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content);
    }

    /** The internal service CA; in this PKI also the clients' trusted point for P and R. */
    public Path trustAnchor() {
        return path.resolve("services-ca.crt");
    }

    /** What whoever visits a device must trust. */
    public Path deviceRoot() {
        return path.resolve("root.crt");
    }

    /** A certificate, by a service's module, {@code operator} or {@code application}. */
    public Path certificate(String name) {
        return path.resolve(name + ".crt");
    }

    /** The key to it. */
    public Path key(String name) {
        return path.resolve(name + ".key");
    }

    /** The internal service CA with its key, to make further identities. */
    public Authority servicesCa() {
        try {
            char[] passphrase = Files.readString(passphraseFile()).strip().toCharArray();
            return Authority.read(path.resolve("services-ca.p12"), passphrase);
        } catch (IOException e) {
            throw new LocalFailure("cannot read " + passphraseFile(), e);
        }
    }

    Path passphraseFile() {
        return path.resolve("passphrase");
    }

    Path issuer() {
        return path.resolve("issuing.p12");
    }

    /** What a YMP host encrypts the tokens with that it was given. */
    Path heldTokenKey() {
        return path.resolve("held-token.key");
    }

    /** What a relay encrypts its private keys with. */
    Path relayKey() {
        return path.resolve("relay-secrets.key");
    }

    Path nameKey() {
        return path.resolve("name-key");
    }

    Path accessKey() {
        return path.resolve("access-key.jwk");
    }

    Path accessKeys() {
        return path.resolve("access-keys.jwks");
    }
}
