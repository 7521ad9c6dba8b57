package dev.posthouse.client.cert;

import dev.posthouse.client.failure.ClientException.Untrusted;
import dev.posthouse.client.failure.ClientException.WrongAnswer;
import dev.posthouse.client.https.Trust;
import dev.posthouse.common.wire.CollectResponse;
import dev.posthouse.common.x509.InvalidCertificate;
import dev.posthouse.common.x509.Pem;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * What the client must check of what it gets (certificates, section 8): its own public key, its
 * address, the chain to its anchor, the session name echoed.
 */
final class CertificateCheck {

    private static final int MAX_CHAIN = 8;

    private final ChainCheck chainCheck;
    private final Clock clock;

    CertificateCheck(Trust roots, Clock clock) {
        this.chainCheck = new ChainCheck(roots);
        this.clock = clock;
    }

    Issued check(CollectResponse answer, Session session) {
        require(session.name().value().equals(answer.sessionName()), "is of another session");
        List<X509Certificate> chain = read(answer.cert());
        X509Certificate leaf = chain.getFirst();
        byte[] key = session.key().publicKey().getEncoded();
        require(Arrays.equals(key, leaf.getPublicKey().getEncoded()), "is about another key");
        require(leaf.getBasicConstraints() < 0, "is a CA's");
        require(
                SubjectAltNames.of(leaf).addresses().contains(session.address()),
                "is not for the address " + session.address());
        require(SubjectAltNames.servesTls(leaf), "is not for a TLS server");
        requireValidNow(leaf);
        chainCheck
                .problem(chain, clock.instant())
                .ifPresent(words -> {
                    throw new WrongAnswer(words);
                });
        return new Issued(session.key(), chain);
    }

    private static List<X509Certificate> read(String text) {
        if (text == null) {
            throw new WrongAnswer("the answer has no certificate");
        }
        try {
            List<X509Certificate> chain = Pem.certificates(text);
            require(chain.size() <= MAX_CHAIN, "has a chain too long");
            return chain;
        } catch (InvalidCertificate e) {
            throw new WrongAnswer("what came is not a certificate in PEM", e);
        }
    }

    /** A fresh certificate out of its time points at this machine's clock. */
    private void requireValidNow(X509Certificate leaf) {
        Instant now = clock.instant();
        Instant from = leaf.getNotBefore().toInstant();
        Instant to = leaf.getNotAfter().toInstant();
        if (now.isBefore(from) || now.isAfter(to)) {
            throw new Untrusted(
                    "the new certificate is valid from %s to %s, and this machine's clock says %s: if that is wrong, set it"
                            .formatted(from, to, now),
                    null);
        }
    }

    private static void require(boolean holds, String words) {
        if (!holds) {
            throw new WrongAnswer("the certificate that came " + words);
        }
    }
}
