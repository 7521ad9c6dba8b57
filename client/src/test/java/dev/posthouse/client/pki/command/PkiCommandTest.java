package dev.posthouse.client.pki.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.client.Posthouse;
import dev.posthouse.client.testing.CommandRun;
import dev.posthouse.client.testing.OpenSsl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKeySet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PkiCommandTest {

    @TempDir Path directory;
    private Path passphrase;
    private Path out;

    @BeforeEach
    void writePassphrase() throws IOException {
        passphrase = Files.writeString(directory.resolve("passphrase"), "correct horse\n");
        out = directory.resolve("pki");
    }

    @Test
    void theWholeInfrastructureIsMadeAsFilesOfTheirOwnKind() throws IOException {
        assertThat(make("root").exitCode()).isZero();
        assertThat(
                        make(
                                "issuing",
                                "--root",
                                out.resolve("root.p12"),
                                "--access-domain",
                                "d.example"))
                .matches(run -> run.exitCode() == 0 && run.out().contains("issuing.p12"));
        assertThat(make("services").exitCode()).isZero();
        Path ca = out.resolve("services-ca.p12");
        assertThat(
                        make(
                                "identity",
                                "--ca",
                                ca,
                                "--service",
                                "proxy-service",
                                "--ip",
                                "127.0.0.1,::1"))
                .matches(run -> run.exitCode() == 0);
        assertThat(make("identity", "--ca", ca, "--operator", "ada").exitCode()).isZero();
        assertThat(make("identity", "--ca", ca, "--ymp-application", "shop").exitCode()).isZero();
        assertThat(run("access-key", "--out", out).exitCode()).isZero();

        assertThat(modes())
                .containsExactly(
                        "access-key.jwk rw-------", "access-keys.jwks rw-r--r--",
                        "ada.crt rw-r--r--", "ada.key rw-------",
                        "issuing.crt rw-r--r--", "issuing.p12 rw-------",
                        "proxy-service.crt rw-r--r--", "proxy-service.key rw-------",
                        "root.crt rw-r--r--", "root.p12 rw-------",
                        "services-ca.crt rw-r--r--", "services-ca.p12 rw-------",
                        "shop.crt rw-r--r--", "shop.key rw-------");
    }

    @Test
    void opensslReadsTheKeyStoresAndFindsThemEncryptedWithAes() {
        make("root");
        make("issuing", "--root", out.resolve("root.p12"));

        OpenSsl.Outcome read =
                OpenSsl.run(
                        "pkcs12",
                        "-info",
                        "-nodes",
                        "-in",
                        out.resolve("issuing.p12"),
                        "-passin",
                        "file:" + passphrase);

        assertThat(read.exitCode()).isZero();
        assertThat(read.output())
                .contains("PBES2, PBKDF2, AES-256-CBC", "friendlyName: issuing", "PRIVATE KEY");
        assertThat(read.output().split("BEGIN CERTIFICATE", -1)).hasSize(3);
    }

    @Test
    void opensslAcceptsAnIdentityAsServerAndAsClient() {
        make("services");
        make(
                "identity",
                "--ca",
                out.resolve("services-ca.p12"),
                "--service",
                "ca-service",
                "--dns",
                "ca.example");

        for (String purpose : List.of("sslserver", "sslclient")) {
            OpenSsl.Outcome verified =
                    OpenSsl.run(
                            "verify",
                            "-x509_strict",
                            "-purpose",
                            purpose,
                            "-CAfile",
                            out.resolve("services-ca.crt"),
                            out.resolve("ca-service.crt"));
            assertThat(verified.output()).contains("OK");
        }
        assertThat(OpenSsl.run("pkey", "-in", out.resolve("ca-service.key"), "-check").output())
                .contains("Key is valid");
    }

    @Test
    void nothingIsReplacedWithoutForce() throws IOException {
        make("root");
        byte[] first = Files.readAllBytes(out.resolve("root.crt"));

        CommandRun again = make("root");

        assertThat(again.exitCode()).isEqualTo(6);
        assertThat(again.err()).contains("root.p12 exists; use --force");
        assertThat(Files.readAllBytes(out.resolve("root.crt"))).isEqualTo(first);
        assertThat(make("root", "--force").exitCode()).isZero();
        assertThat(Files.readAllBytes(out.resolve("root.crt"))).isNotEqualTo(first);
    }

    @Test
    void nothingIsWrittenWhenOneOfTheFilesIsInTheWay() throws IOException {
        Files.createDirectories(out);
        Files.writeString(out.resolve("root.crt"), "mine");

        assertThat(make("root").exitCode()).isEqualTo(6);

        assertThat(out.resolve("root.p12")).doesNotExist();
        assertThat(out.resolve("root.crt")).hasContent("mine");
    }

    @Test
    void theRootMayHaveAnotherPassphrase() throws IOException {
        make("root");
        Path other = Files.writeString(directory.resolve("other"), "battery staple");

        CommandRun wrong =
                run(
                        "issuing",
                        "--out",
                        out,
                        "--passphrase-file",
                        other,
                        "--root",
                        out.resolve("root.p12"));
        CommandRun right =
                run(
                        "issuing",
                        "--out",
                        out,
                        "--passphrase-file",
                        other,
                        "--root",
                        out.resolve("root.p12"),
                        "--root-passphrase-file",
                        passphrase);

        assertThat(wrong.exitCode()).isEqualTo(6);
        assertThat(wrong.err()).contains("another passphrase");
        assertThat(right.exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\nsecond line", "pässwörter"})
    void aPassphraseThatCannotBeUsedIsRefused(String content) throws IOException {
        Files.writeString(passphrase, content);

        CommandRun run = make("root");

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.err()).contains("passphrase file");
    }

    @Test
    void aMissingPassphraseFileIsNamed() {
        CommandRun run = run("root", "--out", out, "--passphrase-file", directory.resolve("none"));

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.err()).contains("none: no such file");
    }

    @Test
    void rotationAddsAPublicKeyToTheSetThatExists() throws Exception {
        run("access-key", "--out", out);
        Path set = out.resolve("access-keys.jwks");

        CommandRun run =
                run(
                        "access-key",
                        "--out",
                        directory.resolve("next"),
                        "--algorithm",
                        "EdDSA",
                        "--jwks",
                        set);

        assertThat(run.exitCode()).isZero();
        assertThat(new JsonWebKeySet(Files.readString(set)).getJsonWebKeys())
                .extracting(key -> key.getAlgorithm())
                .containsExactly("ES256", "EdDSA");
        assertThat(directory.resolve("next/access-keys.jwks")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "identity --ca x",
                "identity --ca x --service a --operator b",
                "identity --ca x --operator a/b",
                "identity --ca x --ymp-application a/b",
                "identity --ca x --operator a --ymp-application b",
                "identity --ca x --operator ..",
                "identity --ca x --service ../x",
                "identity --ca x --service operator/ada",
                "identity --ca x --operator a --lifetime 1y",
                "identity --ca x --service a --ip 300.1.1.1",
                "issuing --root x --permit-all --permit 10.0.0.0/8",
                "issuing --root x --permit 10.0.0.1/8",
                "issuing --root x --permit house",
                "issuing --root x --key-type ed25519",
                "issuing --root x --access-domain -a",
                "access-key --algorithm HS256",
                "root --unknown",
                "nothing"
            })
    void aWrongCommandLineEndsWithTwo(String arguments) {
        Object[] words =
                (arguments + (arguments.startsWith("i") ? " --passphrase-file " + passphrase : ""))
                        .split(" ");

        CommandRun run = run(words);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void theIssuingCaPermitsTheSitesOwnRangesBesideThePrivateOnes() {
        make("root");
        make(
                "issuing",
                "--root",
                out.resolve("root.p12"),
                "--permit",
                "private",
                "--permit",
                "203.0.113.7");

        assertThat(
                        OpenSsl.run("x509", "-in", out.resolve("issuing.crt"), "-noout", "-text")
                                .output())
                .contains(
                        "IP:10.0.0.0/255.0.0.0",
                        "IP:203.0.113.7/255.255.255.255",
                        "X509v3 Name Constraints: critical")
                .doesNotContain("0.0.0.0/0.0.0.0");
    }

    private CommandRun make(Object... arguments) {
        return run(
                Stream.concat(
                                Stream.of(arguments),
                                Stream.of("--out", out, "--passphrase-file", passphrase))
                        .toArray());
    }

    private static CommandRun run(Object... arguments) {
        return CommandRun.of(
                Posthouse.commandLine(),
                Stream.concat(Stream.of("pki"), Stream.of(arguments)).toArray());
    }

    private List<String> modes() throws IOException {
        try (Stream<Path> files = Files.list(out)) {
            return files.sorted().map(PkiCommandTest::mode).toList();
        }
    }

    private static String mode(Path file) {
        try {
            return file.getFileName()
                    + " "
                    + PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
