package dev.posthouse.client.cert;

import dev.posthouse.client.failure.ClientException.FileProblem;
import dev.posthouse.client.file.CertificateFile;
import dev.posthouse.client.file.InputFile;
import dev.posthouse.client.file.KeyFile;
import dev.posthouse.client.file.Pkcs12;
import dev.posthouse.client.file.Readers;
import dev.posthouse.client.file.StagedFile;
import dev.posthouse.common.x509.Pem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where a device keeps its key and certificate: two PEM files, or a PKCS#12 file, or both.
 *
 * @param key PKCS#8 in PEM, or null
 * @param certificate the chain in PEM, leaf first, or null
 * @param keyStore PKCS#12, or null
 * @param passphraseFile of the PKCS#12 file, or null
 */
public record Outputs(Path key, Path certificate, Path keyStore, Path passphraseFile) {

    private static final String ALIAS = "device";

    public Outputs {
        if ((key == null) != (certificate == null)) {
            throw new IllegalArgumentException("a key file and a certificate file go together");
        }
        if ((keyStore == null) != (passphraseFile == null)) {
            throw new IllegalArgumentException("a PKCS#12 file needs a passphrase file");
        }
        if (key == null && keyStore == null) {
            throw new IllegalArgumentException(
                    "say where to write: --out-key and --out-cert, or --p12, or all three");
        }
    }

    /** The files, the certificate first. */
    public List<Path> files() {
        return Stream.of(certificate, key, keyStore).filter(Objects::nonNull).toList();
    }

    /** Where an unfinished session is kept. */
    public SessionFile sessionFile() {
        Path beside = files().getFirst();
        return new SessionFile(beside.resolveSibling(beside.getFileName() + ".session"));
    }

    /** Refuses when a file is there already. */
    public void requireAbsent() {
        files().forEach(InputFile::requireAbsent);
    }

    /**
     * Everything is on the disk before the first file is replaced, so the old ones live till then.
     */
    public void write(Issued issued) {
        List<StagedFile> staged = new ArrayList<>();
        try {
            if (key != null) {
                staged.add(stage(key, KeyFile.encode(issued.key().privateKey()), Readers.OWNER));
                staged.add(stage(certificate, Pem.encode(issued.chain()), Readers.EVERYBODY));
            }
            if (keyStore != null) {
                staged.add(StagedFile.stage(keyStore, encodeKeyStore(issued), Readers.OWNER));
            }
            staged.forEach(StagedFile::commit);
        } finally {
            staged.forEach(StagedFile::close);
        }
    }

    /** The chain in use. */
    public List<X509Certificate> readChain() {
        return certificate != null ? CertificateFile.read(certificate) : readKeyStore().chain();
    }

    /** The key in use. */
    public DeviceKey readKey() {
        var open = readChain().getFirst().getPublicKey();
        PrivateKey secret =
                key != null ? KeyFile.read(key, open.getAlgorithm()) : readKeyStore().key();
        DeviceKey pair = new DeviceKey(secret, open);
        if (!pair.belongsTogether()) {
            throw new FileProblem("the key and the certificate do not belong together");
        }
        return pair;
    }

    private Pkcs12 readKeyStore() {
        return Pkcs12.read(keyStore, InputFile.readPassphrase(passphraseFile));
    }

    private byte[] encodeKeyStore(Issued issued) {
        return new Pkcs12(issued.key().privateKey(), issued.chain())
                .encode(ALIAS, InputFile.readPassphrase(passphraseFile));
    }

    private static StagedFile stage(Path file, String text, Readers readers) {
        return StagedFile.stage(file, text.getBytes(StandardCharsets.UTF_8), readers);
    }
}
