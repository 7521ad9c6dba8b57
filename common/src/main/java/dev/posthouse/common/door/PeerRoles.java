package dev.posthouse.common.door;

import dev.posthouse.common.mtls.PeerIdentity;
import io.quarkus.security.credential.CertificateCredential;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;

/**
 * Gives a caller the role its certificate names, for {@code @RolesAllowed} (certificates, section
 * 1), or the one by which its door's gate let it in: of two proofs the framework reads either.
 */
public final class PeerRoles implements SecurityIdentityAugmentor {

    private static final String ADMITTED = PeerRoles.class.getName();

    private final String trustDomain;

    public PeerRoles(String trustDomain) {
        this.trustDomain = trustDomain;
    }

    /** The gate has let the caller in by this role, whatever else it showed. */
    public static void admit(RoutingContext request, String role) {
        request.put(ADMITTED, role);
    }

    @Override
    public Uni<SecurityIdentity> augment(
            SecurityIdentity identity, AuthenticationRequestContext context) {
        return augment(identity, context, Map.of());
    }

    @Override
    public Uni<SecurityIdentity> augment(
            SecurityIdentity identity,
            AuthenticationRequestContext context,
            Map<String, Object> attributes) {
        RoutingContext request = HttpSecurityUtils.getRoutingContextAttribute(attributes);
        Optional<String> admitted =
                Optional.ofNullable(request).map(routing -> routing.get(ADMITTED));
        return Uni.createFrom()
                .item(
                        admitted.or(() -> certified(identity))
                                .map(role -> with(identity, role))
                                .orElse(identity));
    }

    private Optional<String> certified(SecurityIdentity identity) {
        return Optional.ofNullable(identity.getCredential(CertificateCredential.class))
                .flatMap(shown -> PeerIdentity.of(shown.getCertificate(), trustDomain))
                .map(PeerIdentity::role);
    }

    private static SecurityIdentity with(SecurityIdentity identity, String role) {
        return QuarkusSecurityIdentity.builder(identity).addRole(role).build();
    }
}
