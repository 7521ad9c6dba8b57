package dev.posthouse.client.parcel;

import dev.posthouse.client.failure.ClientException.FileProblem;
import dev.posthouse.client.file.Readers;
import dev.posthouse.client.file.StagedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where collected parcels are kept, a file for each, named by the SHA-256 of its octets: what comes
 * twice is one file.
 *
 * @param path which is there
 */
public record ParcelDirectory(Path path) {

    /** Makes the directory if there is none. */
    public static ParcelDirectory open(Path path) {
        try {
            return new ParcelDirectory(Files.createDirectories(path));
        } catch (IOException e) {
            throw new FileProblem("cannot make the directory " + path, e);
        }
    }

    /** Returns the parcel's file when it is safe on the disk. */
    public Path keep(byte[] parcel) {
        Path file = path.resolve(sha256(parcel) + ".parcel").toAbsolutePath();
        StagedFile.write(file, parcel, Readers.OWNER);
        return file;
    }

    private static String sha256(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
