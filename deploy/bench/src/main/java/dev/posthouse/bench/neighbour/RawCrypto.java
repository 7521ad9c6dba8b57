package dev.posthouse.bench.neighbour;

import dev.posthouse.bench.report.Figure;
import dev.posthouse.bench.stage.Page;
import dev.posthouse.bench.stage.Stage;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Map;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** What one thread signs and verifies when it does nothing else: P-256, SHA-256. */
public final class RawCrypto implements Page {

    private static final byte[] MESSAGE = new byte[400];

    @Override
    public String name() {
        return "crypto";
    }

    @Override
    public void run(Stage stage) {
        measure(stage, "Bouncy Castle", new BouncyCastleProvider());
        measure(stage, "JDK", Security.getProvider("SunEC"));
    }

    /** One signature or one verification. */
    private interface Act {
        void once() throws GeneralSecurityException;
    }

    private void measure(Stage stage, String who, Provider provider) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
            // By name: Bouncy Castle's own P-256, as the services' keys have it, is six times
            // as fast as the curve that it takes for a mere length.
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            Signature signature = Signature.getInstance("SHA256withECDSA", provider);
            signature.initSign(pair.getPrivate());
            signature.update(MESSAGE);
            byte[] signed = signature.sign();
            rate(
                    stage,
                    who + " signs",
                    () -> {
                        signature.initSign(pair.getPrivate());
                        signature.update(MESSAGE);
                        signature.sign();
                    });
            rate(
                    stage,
                    who + " verifies",
                    () -> {
                        signature.initVerify(pair.getPublic());
                        signature.update(MESSAGE);
                        if (!signature.verify(signed)) {
                            throw new GeneralSecurityException("a good signature is refused");
                        }
                    });
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void rate(Stage stage, String what, Act act) throws GeneralSecurityException {
        Duration most = stage.scale().still().dividedBy(2);
        count(act, most);
        long start = System.nanoTime();
        long items = count(act, most);
        stage.results()
                .add(
                        Figure.counted(
                                name(),
                                what,
                                "one thread",
                                items,
                                (System.nanoTime() - start) / 1e9,
                                Map.of()));
    }

    private static long count(Act act, Duration most) throws GeneralSecurityException {
        long end = System.nanoTime() + most.toNanos();
        long items = 0;
        while (System.nanoTime() < end) {
            act.once();
            items++;
        }
        return items;
    }
}
