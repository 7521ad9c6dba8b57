package dev.posthouse.ca.profile;

import dev.posthouse.ca.CaConfig;
import dev.posthouse.ca.TestSettings;
import dev.posthouse.ca.key.TestIssuer;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.x509.SessionName;
import dev.posthouse.testing.CsrMaker;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Drafts of certificates for tests, under settings a test chooses. */
final class Drafts {

    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    static final SessionName NAME = new SessionName("0123456789abcdef".repeat(4));
    static final String JTI = "AAECAwQFBgcICQoLDA0ODw";

    private Drafts() {}

    static TestIssuer issuer(TestIssuer kind) {
        return kind.from(NOW.minus(Duration.ofDays(1)), Duration.ofDays(1000));
    }

    static Requester requester(CsrMaker maker, String client, String wan) {
        return new Requester(
                JTI,
                NAME,
                SubjectPublicKeyInfo.getInstance(maker.keyPair().getPublic().getEncoded()),
                IpAddress.parse(client),
                IpAddress.parse(wan));
    }

    static Requester requester(CsrMaker maker) {
        return requester(maker, "192.168.1.7", "203.0.113.7");
    }

    static Draft draft(TestIssuer.Built issuer, CsrMaker maker) {
        return new Draft(
                new SerialNumber(new BigInteger("123456789abcdef0", 16)),
                requester(maker),
                NOW.minus(Duration.ofMinutes(30)),
                NOW.plus(Duration.ofDays(14)),
                issuer.issuer());
    }

    static CaConfig settings(String... namesAndValues) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return TestSettings.with(settings);
    }
}
