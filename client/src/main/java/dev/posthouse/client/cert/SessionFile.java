package dev.posthouse.client.cert;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.posthouse.client.cert.Session.Ticket;
import dev.posthouse.client.failure.ClientException.FileProblem;
import dev.posthouse.client.file.InputFile;
import dev.posthouse.client.file.KeyFile;
import dev.posthouse.client.file.Readers;
import dev.posthouse.client.file.StagedFile;
import dev.posthouse.client.https.Json;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.x509.SessionName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * An unfinished session on disk, for its owner alone: a request that was interrupted goes on with
 * the same key and the same body.
 *
 * @param path beside the certificate to come
 */
public record SessionFile(Path path) {

    /** Whether there is an unfinished session. */
    public boolean exists() {
        return Files.exists(path);
    }

    /** Forgets the session. */
    public void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new FileProblem("cannot remove " + path, e);
        }
    }

    /** The session; nothing when there is none, or none that can be read. */
    Optional<Session> read() {
        return exists()
                ? Json.read(InputFile.read(path), Form.class).flatMap(Form::session)
                : Optional.empty();
    }

    void write(Session session) {
        StagedFile.write(path, Json.write(Form.of(session)), Readers.OWNER);
    }

    /** The file's content. */
    private record Form(
            URI proxy,
            @JsonProperty("session_name") String sessionName,
            String address,
            String algorithm,
            @JsonProperty("private_key") String privateKey,
            @JsonProperty("public_key") String publicKey,
            String csr,
            String expires,
            @JsonProperty("access_url") URI accessUrl,
            String ready) {

        static Form of(Session session) {
            DeviceKey key = session.key();
            Ticket ticket = session.ticket();
            return new Form(
                    session.door(),
                    session.name().value(),
                    session.address().text(),
                    key.publicKey().getAlgorithm(),
                    KeyFile.encode(key.privateKey()),
                    Base64.getEncoder().encodeToString(key.publicKey().getEncoded()),
                    session.csr(),
                    session.expires().toString(),
                    ticket == null ? null : ticket.accessUrl(),
                    ticket == null ? null : ticket.ready().toString());
        }

        /** A file that was damaged costs no more than a new session. */
        Optional<Session> session() {
            try {
                return Optional.of(
                        new Session(
                                proxy,
                                new SessionName(sessionName),
                                IpAddress.parse(address),
                                key(),
                                csr,
                                Instant.parse(expires),
                                accessUrl == null
                                        ? null
                                        : new Ticket(accessUrl, Instant.parse(ready))));
            } catch (GeneralSecurityException | RuntimeException e) {
                return Optional.empty();
            }
        }

        private DeviceKey key() throws GeneralSecurityException {
            byte[] spki = Base64.getDecoder().decode(publicKey);
            PublicKey open =
                    KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(spki));
            return new DeviceKey(KeyFile.decode(privateKey, algorithm), open);
        }
    }
}
