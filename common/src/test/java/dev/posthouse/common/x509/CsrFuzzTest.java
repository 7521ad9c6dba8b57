package dev.posthouse.common.x509;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.net.ForbiddenAddress;
import dev.posthouse.testing.CsrMaker;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nothing but {@link InvalidCsr} and {@link ForbiddenAddress} comes out of hostile input, and what
 * is accepted all the same is a request that another reader finds sound. Seeded; {@code
 * -Dfuzz.rounds=…} for longer runs.
 */
final class CsrFuzzTest {

    private static final int ROUNDS = Integer.getInteger("posthouse.fuzz.rounds", 2000);

    private final Random random = new Random(20260202);
    private final CsrRules rules = new CsrRules(Answer.IGNORE);

    static List<CsrMaker> makers() {
        List<CsrMaker> makers =
                List.of(CsrMaker.p256(), CsrMaker.p384(), CsrMaker.rsa2048(), CsrMaker.ed25519());
        makers.forEach(maker -> maker.named(Answer.NAME.value()).at(Answer.ADDRESS));
        return makers;
    }

    @ParameterizedTest
    @MethodSource("makers")
    void survivesMutatedDer(CsrMaker maker) throws Exception {
        byte[] good = maker.der();
        for (int round = 0; round < ROUNDS; round++) {
            requireSound(CsrMaker.pem(mutated(good)));
        }
    }

    /** The mutant is signed again, so that nothing but the rules stands in its way. */
    @ParameterizedTest
    @MethodSource("makers")
    void survivesMutatedInfosWithGoodSignatures(CsrMaker maker) throws Exception {
        byte[] good = maker.info();
        int accepted = 0;
        for (int round = 0; round < ROUNDS / 4; round++) {
            byte[] mutant = mutated(good);
            Optional<Csr> csr = requireSound(CsrMaker.pem(maker.der(mutant)));
            accepted += csr.isPresent() ? 1 : 0;
        }
        assertThat(accepted).as("mutants that are sound").isBetween(1, ROUNDS / 8);
    }

    @Test
    void survivesMutatedText() throws Exception {
        byte[] good = makers().getFirst().pem().getBytes(US_ASCII);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] mutant = mutated(good);
            requireSound(new String(mutant, ISO_8859_1));
            requireSound(Base64.getEncoder().encodeToString(mutant));
        }
    }

    @Test
    void survivesNoise() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            requireSound(new String(noise, ISO_8859_1));
            requireSound(CsrMaker.pem(noise));
            requireSound(CsrMaker.pem(CsrMaker.tlv(0x30, noise)));
        }
    }

    @Test
    void survivesNoiseWhereCertificatesBelong() {
        byte[] good = makers().getFirst().der();
        for (int round = 0; round < ROUNDS; round++) {
            String text = Pem.encode("CERTIFICATE", mutated(good));
            try {
                assertThat(Pem.certificates(text)).isNotEmpty();
            } catch (InvalidCertificate expected) {
                assertThat(expected.code()).isEqualTo("cert.pem");
            } catch (RuntimeException bug) {
                throw new AssertionError(text, bug);
            }
        }
    }

    private Optional<Csr> requireSound(String text) throws Exception {
        try {
            Csr csr = rules.check(text, Answer.NAME);
            requireSound(csr, text);
            return Optional.of(csr);
        } catch (InvalidCsr refusal) {
            assertThat(refusal.code()).startsWith("csr.");
        } catch (ForbiddenAddress refusal) {
            assertThat(refusal.code()).isEqualTo("address.forbidden");
        } catch (RuntimeException bug) {
            throw new AssertionError(text, bug);
        }
        return Optional.empty();
    }

    private static void requireSound(Csr csr, String text)
            throws IOException, GeneralSecurityException, OperatorCreationException, PKCSException {
        byte[] again = ASN1Primitive.fromByteArray(csr.der()).getEncoded(ASN1Encoding.DER);
        assertThat(again).as(text).isEqualTo(csr.der());
        var verifier = new JcaContentVerifierProviderBuilder().build(csr.key());
        var request = new PKCS10CertificationRequest(csr.der());
        assertThat(request.isSignatureValid(verifier)).as(text).isTrue();
        assertThat(request.getSubject()).as(text).hasToString("CN=" + Answer.NAME.value());
        assertThat(csr.address().octets()).as(text).hasSize(4);
    }

    /** One to three times: a bit, an octet, a piece gone, a piece twice, or the end gone. */
    private byte[] mutated(byte[] good) {
        byte[] bytes = good.clone();
        for (int times = random.nextInt(3); times >= 0; times--) {
            int from = random.nextInt(bytes.length);
            int to = Math.min(bytes.length, from + 1 + random.nextInt(8));
            bytes =
                    switch (random.nextInt(6)) {
                        case 0, 1 -> flipped(bytes, from);
                        case 2 -> replaced(bytes, from);
                        case 3 -> spliced(bytes, from, to);
                        case 4 -> spliced(bytes, to, from);
                        default -> Arrays.copyOf(bytes, Math.max(1, bytes.length - to + from));
                    };
        }
        return bytes;
    }

    private byte[] flipped(byte[] bytes, int at) {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        return bytes;
    }

    private byte[] replaced(byte[] bytes, int at) {
        bytes[at] = (byte) random.nextInt(256);
        return bytes;
    }

    /** What is before one place and after another: a piece goes, or comes twice. */
    private static byte[] spliced(byte[] bytes, int before, int after) {
        byte[] spliced = Arrays.copyOf(bytes, Math.max(1, before + bytes.length - after));
        System.arraycopy(
                bytes,
                after,
                spliced,
                before,
                Math.min(bytes.length - after, spliced.length - before));
        return spliced;
    }
}
