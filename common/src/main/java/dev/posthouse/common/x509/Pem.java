package dev.posthouse.common.x509;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PEM on the wire, in both readings (certificates, section 2.5). */
public final class Pem {

    private static final String CERTIFICATE = "CERTIFICATE";
    private static final Set<String> REQUEST =
            Set.of("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST");

    /** Possessive: no text makes it go back. */
    private static final Pattern BLOCK =
            Pattern.compile(
                    "\\G[ \\t\\r\\n]*+-----BEGIN ([A-Z0-9 ]{1,64}+)-----\\r?\\n"
                            + "([A-Za-z0-9+/=\\r\\n]*+)(?<=\\n)-----END \\1-----[ \\t]*+(?:\\r?\\n|\\z)");

    private static final Pattern BLANK = Pattern.compile("[ \\t\\r\\n]*+");

    private Pem() {}

    /** One armoured block. */
    @SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
    public record Block(String label, byte[] der) {}

    /** A request's bytes, and the reading in which they came. */
    @SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
    public record Read(byte[] der, PemForm form) {}

    /**
     * Reads exactly one certificate request.
     *
     * @throws InvalidCsr with code {@code csr.pem} for any other text
     */
    public static Read request(String text) {
        List<Block> blocks;
        try {
            blocks = blocks(armour(text));
        } catch (IllegalArgumentException e) {
            throw notARequest();
        }
        if (blocks.size() != 1 || !REQUEST.contains(blocks.getFirst().label())) {
            throw notARequest();
        }
        return new Read(blocks.getFirst().der(), form(text));
    }

    /**
     * Reads one certificate or more, in the order in which they stand.
     *
     * @throws InvalidCertificate with code {@code cert.pem} for any other text
     */
    public static List<X509Certificate> certificates(String text) {
        try {
            List<X509Certificate> chain = new ArrayList<>();
            for (Block block : blocks(armour(text))) {
                chain.add(certificate(block));
            }
            return List.copyOf(chain);
        } catch (IllegalArgumentException | CertificateException e) {
            throw new InvalidCertificate();
        }
    }

    /** The armour of one block: lines of 64 characters, ending in a newline. */
    public static String encode(String label, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    /** The armour of a chain, leaf first as it is given. */
    public static String encode(List<X509Certificate> chain) {
        StringBuilder armour = new StringBuilder();
        for (X509Certificate certificate : chain) {
            try {
                armour.append(encode(CERTIFICATE, certificate.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new IllegalArgumentException("The certificate has no encoding.", e);
            }
        }
        return armour.toString();
    }

    private static PemForm form(String text) {
        Matcher blank = BLANK.matcher(text);
        return blank.lookingAt() && text.startsWith("-----BEGIN", blank.end())
                ? PemForm.PEM
                : PemForm.B64;
    }

    private static String armour(String text) {
        if (form(text) == PemForm.PEM) {
            return text;
        }
        String armour = new String(decode(text), ISO_8859_1);
        if (!armour.startsWith("-----BEGIN")) {
            throw new IllegalArgumentException("The text holds no armour.");
        }
        return armour;
    }

    private static List<Block> blocks(String armour) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(armour);
        int end = 0;
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), decode(matcher.group(2))));
            end = matcher.end();
        }
        if (!BLANK.matcher(armour.substring(end)).matches()) {
            throw new IllegalArgumentException("The text is not made of armoured blocks.");
        }
        return blocks;
    }

    /** Strict: the JDK's own decoder lets missing padding and stray bits pass. */
    private static byte[] decode(String lines) {
        String base64 = lines.replace("\r\n", "\n").replace("\n", "");
        byte[] bytes = Base64.getDecoder().decode(base64);
        if (!Arrays.equals(Base64.getEncoder().encode(bytes), base64.getBytes(US_ASCII))) {
            throw new IllegalArgumentException("The base64 is not canonical.");
        }
        return bytes;
    }

    private static X509Certificate certificate(Block block) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509", BouncyCastle.PROVIDER);
        var read = factory.generateCertificate(new ByteArrayInputStream(block.der()));
        // The factory would also take what it finds inside PKCS#7, or before trailing bytes.
        if (!block.label().equals(CERTIFICATE)
                || !(read instanceof X509Certificate certificate)
                || !Arrays.equals(certificate.getEncoded(), block.der())) {
            throw new IllegalArgumentException("The block is not a certificate.");
        }
        return certificate;
    }

    private static InvalidCsr notARequest() {
        return new InvalidCsr("csr.pem", "The text is not exactly one PEM certificate request.");
    }
}
