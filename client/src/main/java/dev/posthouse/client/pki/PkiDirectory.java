package dev.posthouse.client.pki;

import dev.posthouse.client.failure.ClientException.FileProblem;
import dev.posthouse.client.file.InputFile;
import dev.posthouse.client.file.KeyFile;
import dev.posthouse.client.file.Pkcs12;
import dev.posthouse.client.file.Readers;
import dev.posthouse.client.file.StagedFile;
import dev.posthouse.common.x509.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The directory the tool writes into.
 *
 * @param path made when missing
 * @param replace whether files already there are replaced; else they are left and the call refused
 */
public record PkiDirectory(Path path, boolean replace) {

    /** Writes {@code <name>.p12} and {@code <name>.crt}. */
    public List<Path> write(String name, Authority authority, char[] passphrase) {
        Path store = free(name + ".p12");
        Path certificate = free(name + ".crt");
        byte[] content = new Pkcs12(authority.key(), authority.chain()).encode(name, passphrase);
        StagedFile.write(store, content, Readers.OWNER);
        String pem = Pem.encode(List.of(authority.certificate()));
        StagedFile.write(certificate, bytes(pem), Readers.EVERYBODY);
        return List.of(store, certificate);
    }

    /** Writes {@code <name>.key} and {@code <name>.crt}, the leaf first. */
    public List<Path> write(String name, Pkcs12 identity) {
        Path key = free(name + ".key");
        Path certificate = free(name + ".crt");
        StagedFile.write(key, bytes(KeyFile.encode(identity.key())), Readers.OWNER);
        StagedFile.write(certificate, bytes(Pem.encode(identity.chain())), Readers.EVERYBODY);
        return List.of(key, certificate);
    }

    /** Writes {@code access-key.jwk} and {@code access-keys.jwks}. */
    public List<Path> write(AccessKey key) {
        Path secret = free("access-key.jwk");
        Path set = free("access-keys.jwks");
        StagedFile.write(secret, bytes(key.privateJwk()), Readers.OWNER);
        StagedFile.write(set, bytes(key.publicKeys()), Readers.EVERYBODY);
        return List.of(secret, set);
    }

    /** Writes {@code access-key.jwk} and adds the public key to a set that exists. */
    public List<Path> write(AccessKey key, Path set) {
        Path secret = free("access-key.jwk");
        String keys = key.publicKeysBeside(InputFile.readText(set));
        StagedFile.write(secret, bytes(key.privateJwk()), Readers.OWNER);
        StagedFile.write(set, bytes(keys), Readers.EVERYBODY);
        return List.of(secret, set);
    }

    private Path free(String name) {
        try {
            Path file = Files.createDirectories(path).resolve(name);
            if (!replace) {
                InputFile.requireAbsent(file);
            }
            return file;
        } catch (IOException e) {
            throw new FileProblem("cannot make the directory " + path, e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
