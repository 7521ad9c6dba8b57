package dev.posthouse.bench.material;

import dev.posthouse.testing.CsrMaker;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * A client and what it asks for: one session on loopback.
 *
 * @param session its name
 * @param csr PEM, for a P-256 key
 */
public record Device(String session, String csr) {

    /** Where all of them are. */
    public static final String ADDRESS = "127.0.0.1";

    /** Keys are many, but not as many as sessions: nothing depends on them. */
    private static final int KEYS = 256;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
    private static final List<KeyPair> PAIRS =
            Stream.generate(Device::keyPair).limit(KEYS).toList();

    /** So many of them. */
    public static List<Device> make(int count) {
        return bulk(count, Device::one);
    }

    /** Makes many of a thing, on all processors. */
    static <T> List<T> bulk(int count, IntFunction<T> one) {
        return IntStream.range(0, count).parallel().mapToObj(one).toList();
    }

    private static Device one(int number) {
        byte[] octets = new byte[32];
        RANDOM.nextBytes(octets);
        String session = HexFormat.of().formatHex(octets);
        CsrMaker maker = CsrMaker.of(key(number), "SHA256WITHECDSA");
        return new Device(session, maker.csr(session, ADDRESS));
    }

    /** The key of the device of that number. */
    static KeyPair key(int number) {
        return PAIRS.get(number % KEYS);
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", PROVIDER);
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
