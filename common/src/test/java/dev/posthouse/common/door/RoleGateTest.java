package dev.posthouse.common.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.mtls.PeerIdentity;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.testing.TestPki;
import dev.posthouse.testing.TestTokens;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Roles where nobody has configured a key for JWTs. */
class RoleGateTest {

    private final RoleGate gate =
            new RoleGate("operator", new DefaultJWTParser(new JWTAuthContextInfo()));

    private static Caller caller(Optional<String> id) {
        Optional<PeerIdentity> peer =
                id.flatMap(path ->
                        PeerIdentity.of(
                                TestPki.shared()
                                        .leaf("x")
                                        .uri("spiffe://posthouse.local" + path)
                                        .build()
                                        .certificate(),
                                "posthouse.local"));
        return new Caller(IpAddress.parse("192.0.2.1"), id.isPresent(), peer);
    }

    private int status(Optional<String> id, String... authorization) {
        return gate.refuse(caller(id), List.of(authorization)).map(Refusal::status).orElse(200);
    }

    @Test
    void goesByTheCertificateAlone() {
        String token = "Bearer " + TestTokens.sign(TestTokens.claims("operator"), key());

        assertThat(status(Optional.of("/operator/ada"))).isEqualTo(200);
        assertThat(status(Optional.of("/operator/ada"), token)).isEqualTo(200);
        assertThat(status(Optional.of("/ymp-application"))).isEqualTo(403);
        assertThat(status(Optional.of("/nobody"))).isEqualTo(403);
        assertThat(status(Optional.empty())).isEqualTo(401);
        assertThat(status(Optional.empty(), token)).isEqualTo(401);
        assertThat(status(Optional.empty(), "Bearer x")).isEqualTo(401);
    }

    private static java.security.PrivateKey key() {
        return TestPki.shared().leaf("somebody").build().key();
    }

    @Test
    void challengesWithAnErrorOnlyWhoHasShownSomething() {
        assertThat(challenge()).contains("Bearer");
        assertThat(challenge("Bearer x")).contains("Bearer error=\"invalid_token\"");
        assertThat(challenge("Basic eDp5")).contains("Bearer error=\"invalid_token\"");
        assertThat(challenge("Bearer")).contains("Bearer error=\"invalid_token\"");
        assertThat(challenge("Bearer x", "Bearer y")).contains("Bearer error=\"invalid_token\"");
    }

    private Optional<String> challenge(String... authorization) {
        return gate.refuse(caller(Optional.empty()), List.of(authorization))
                .flatMap(Refusal::challenge);
    }
}
