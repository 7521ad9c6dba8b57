package dev.posthouse.common.door;

import dev.posthouse.common.mtls.PeerIdentity;
import io.quarkus.security.credential.CertificateCredential;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Gives a caller the role its certificate names, for {@code @RolesAllowed} (certificates, section
 * 1).
 */
public final class PeerRoles implements SecurityIdentityAugmentor {

    private final String trustDomain;

    public PeerRoles(String trustDomain) {
        this.trustDomain = trustDomain;
    }

    @Override
    public Uni<SecurityIdentity> augment(
            SecurityIdentity identity, AuthenticationRequestContext context) {
        return Uni.createFrom().item(withRole(identity));
    }

    private SecurityIdentity withRole(SecurityIdentity identity) {
        return Optional.ofNullable(identity.getCredential(CertificateCredential.class))
                .flatMap(shown -> PeerIdentity.of(shown.getCertificate(), trustDomain))
                .<SecurityIdentity>map(peer ->
                        QuarkusSecurityIdentity.builder(identity).addRole(peer.role()).build())
                .orElse(identity);
    }
}
