package dev.posthouse.common.mtls;

import java.net.URI;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A caller as its certificate names it (certificates, section 1): the SAN URI {@code
 * spiffe://<trust-domain>/<module>} gives the module's role, {@code …/operator/<name>} the role
 * {@code operator}, {@code …/ymp-application} with or without a name that of an application.
 * Nothing else gives a role, never the CN.
 *
 * @param uri the SPIFFE id
 * @param role what the doors ask for, such as {@code proxy}
 */
public record PeerIdentity(URI uri, String role) {

    private static final int SAN_URI = 6;

    /** Callers of which there are many, each with a name of its own. */
    private static final Pattern NAMED =
            Pattern.compile("/(operator|ymp-application)/[A-Za-z0-9._-]+");

    private static final Map<String, String> ROLES =
            Map.of(
                    "/proxy-service", "proxy",
                    "/ca-service", "ca",
                    "/repository-service", "repository",
                    "/relay-service", "relay",
                    "/mimi-ds-service", "mimi",
                    "/mesh-service", "mesh",
                    "/ymp-service", "ymp",
                    "/ymp-application", "ymp-application");

    /**
     * Reads the identity out of a certificate that the TLS handshake has already verified.
     *
     * @return empty when there is not exactly one SAN URI, or it is not of this trust domain, or it
     *     names no role
     */
    public static Optional<PeerIdentity> of(X509Certificate certificate, String trustDomain) {
        return soleUri(certificate)
                .filter(uri -> "spiffe".equals(uri.getScheme()))
                .filter(uri -> trustDomain.equals(uri.getRawAuthority()))
                .filter(uri -> uri.getRawQuery() == null && uri.getRawFragment() == null)
                .flatMap(uri -> role(uri.getRawPath()).map(role -> new PeerIdentity(uri, role)));
    }

    private static Optional<String> role(String path) {
        Matcher named = NAMED.matcher(path);
        return named.matches() ? Optional.of(named.group(1)) : Optional.ofNullable(ROLES.get(path));
    }

    private static Optional<URI> soleUri(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            List<String> uris =
                    names == null
                            ? List.of()
                            : names.stream()
                                    .filter(name -> Integer.valueOf(SAN_URI).equals(name.get(0)))
                                    .map(name -> (String) name.get(1))
                                    .toList();
            return uris.size() == 1 ? Optional.of(URI.create(uris.getFirst())) : Optional.empty();
        } catch (CertificateParsingException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
