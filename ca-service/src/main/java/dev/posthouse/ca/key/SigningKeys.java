package dev.posthouse.ca.key;

import dev.posthouse.ca.CaConfig;
import dev.posthouse.common.setting.BadSetting;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * The issuing CAs (certificates, section 10): several can be active while one replaces another; the
 * newest signs.
 */
@Singleton
@Startup
public final class SigningKeys {

    private final List<Issuer> newestFirst;
    private final Clock clock;
    private volatile boolean failing;

    @Inject
    SigningKeys(CaConfig settings, Clock clock) {
        this(read(settings), clock);
        Optional<String> domain = settings.accessDomain();
        newestFirst.forEach(issuer -> requireAgreement(issuer, domain));
    }

    SigningKeys(List<Issuer> issuers, Clock clock) {
        this.newestFirst =
                issuers.stream()
                        .sorted(Comparator.comparing(Issuer::notBefore).reversed())
                        .toList();
        this.clock = clock;
    }

    private static List<Issuer> read(CaConfig settings) {
        char[] passphrase = IssuerFile.passphrase(settings.issuer().passphraseFile());
        try {
            return settings.issuer().keyStores().stream()
                    .map(file -> IssuerFile.read(file, passphrase))
                    .toList();
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    /**
     * Without an AccessName a constraint on DNS names is in the way: Java tests the CN as a host
     * name when no SAN is one. With an AccessName it must be there, and permit it.
     */
    private static void requireAgreement(Issuer issuer, Optional<String> domain) {
        IssuerConstraints constraints = issuer.constraints();
        boolean agrees =
                domain.map(name -> constraints.constrainDns() && constraints.permitDns("a." + name))
                        .orElse(!constraints.constrainDns());
        if (!agrees) {
            throw new BadSetting(
                    "ca.access-domain",
                    domain.orElse("none") + " disagrees with the dNSName constraint of " + issuer);
        }
    }

    /** The issuer whose constraints are in force. */
    public Issuer newest() {
        Instant now = clock.instant();
        return newestFirst.stream()
                .filter(issuer -> !issuer.notBefore().isAfter(now))
                .findFirst()
                .orElse(newestFirst.getLast());
    }

    /**
     * The issuer that signs now.
     *
     * @throws IllegalStateException when none is valid now
     */
    public Issuer current() {
        Issuer issuer = newest();
        Instant now = clock.instant();
        if (issuer.notBefore().isAfter(now) || !issuer.notAfter().isAfter(now)) {
            throw new IllegalStateException("ca.issuer.key-stores: no issuer is valid now");
        }
        return issuer;
    }

    /** Who issued a certificate, if it is still among the issuers. */
    public Optional<Issuer> issuerOf(X509CertificateHolder certificate) {
        var identifier = AuthorityKeyIdentifier.fromExtensions(certificate.getExtensions());
        return newestFirst.stream()
                .filter(issuer -> issuer.subject().equals(certificate.getIssuer()))
                .filter(issuer ->
                        Arrays.equals(
                                issuer.keyIdentifier().getKeyIdentifier(),
                                identifier.getKeyIdentifierOctets()))
                .findFirst();
    }

    /** The last signature failed: not ready until one succeeds. */
    public void failed() {
        failing = true;
    }

    /** Whether signing works, as far as is known; after a failure a trial tells. */
    boolean isWorking() {
        try {
            Issuer issuer = current();
            if (failing && issuer.works()) {
                failing = false;
            }
            return !failing;
        } catch (GeneralSecurityException | IllegalStateException broken) {
            return false;
        }
    }
}
