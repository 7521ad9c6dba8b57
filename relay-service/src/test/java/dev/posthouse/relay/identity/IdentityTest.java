package dev.posthouse.relay.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeCertificates;
import dev.posthouse.common.node.NodeRole;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of our certificates signs, and what it signs (PoHTTP, section 6). */
class IdentityTest {

    private static final Instant NOW = Instant.parse("2026-11-22T05:06:10Z");
    private static final Duration BACKDATED = Duration.ofHours(3);
    private static final OwnKey KEY = OwnKey.create();
    private static final OwnKey OTHER = OwnKey.create();

    private static Identity with(NodeCertificate... certificates) {
        return new Identity(KEY, List.of(certificates));
    }

    private static NodeCertificate own(OwnKey key, Instant from, Instant until) {
        return NodeCertificates.issue(
                key.pair(), key.pair().getPublic(), NodeRole.INTERNET_GATEWAY, from, until);
    }

    @Test
    void beginsWithACertificateForItself() {
        assertThat(with().isRenewalDue(NOW)).isTrue();

        NodeCertificate made = with().renewed(NOW).newest(NOW).orElseThrow();

        assertThat(made.id()).isEqualTo(KEY.id());
        assertThat(made.isSignedBy(made)).isTrue();
        assertThat(made.isCa()).isTrue();
        assertThat(made.pathLength()).hasValue(2);
        assertThat(made.notBefore()).isEqualTo(NOW.minus(BACKDATED));
        assertThat(made.notAfter()).isEqualTo(NOW.plus(Duration.ofDays(360)));
    }

    @Test
    void isDueForAnotherWhenHalfOfTheLifeIsOver() {
        Identity identity = with(own(KEY, NOW, NOW.plusSeconds(100)));

        assertThat(identity.isRenewalDue(NOW)).isFalse();
        assertThat(identity.isRenewalDue(NOW.plusSeconds(49))).isFalse();
        assertThat(identity.isRenewalDue(NOW.plusSeconds(50))).isTrue();
    }

    @Test
    void signsWithTheNewestAndKeepsTheOlder() {
        NodeCertificate older = own(KEY, NOW.minusSeconds(100), NOW.plusSeconds(50));
        Identity renewed = with(older).renewed(NOW);

        assertThat(renewed.certificates()).hasSize(2).contains(older);
        assertThat(renewed.newest(NOW)).isPresent().get().isNotEqualTo(older);
        assertThat(renewed.isRenewalDue(NOW)).isFalse();
    }

    @Test
    void signsWithNoneThatIsNotValidNowAndNoneOfAnotherKey() {
        NodeCertificate good = own(KEY, NOW.minusSeconds(9), NOW);
        Identity identity =
                with(
                        own(KEY, NOW.plusSeconds(1), NOW.plusSeconds(9)),
                        own(OTHER, NOW.minusSeconds(1), NOW.plusSeconds(9)),
                        good,
                        own(KEY, NOW.minusSeconds(9), NOW.minusSeconds(1)));

        assertThat(identity.newest(NOW)).contains(good);
        assertThat(identity.newest(NOW.minusSeconds(10))).isEmpty();
    }

    @Test
    void issuesForAPrivateGateway() {
        Identity identity = with().renewed(NOW);
        Instant later = NOW.plus(Duration.ofDays(10));

        NodeCertificate issued = identity.issueFor(OTHER.pair().getPublic(), later);

        assertThat(issued.id()).isEqualTo(OTHER.id());
        assertThat(issued.isSignedBy(identity.newest(NOW).orElseThrow())).isTrue();
        assertThat(issued.namesIssuer(KEY.id())).isTrue();
        assertThat(issued.isCa()).isTrue();
        assertThat(issued.pathLength()).hasValue(1);
        assertThat(issued.notBefore()).isEqualTo(later.minus(BACKDATED));
        assertThat(issued.notAfter()).isEqualTo(later.plus(Duration.ofDays(180)));
    }

    @Test
    void issuesNothingThatLivesBeforeOrBeyondItself() {
        Instant from = NOW.minusSeconds(60);
        Instant until = NOW.plusSeconds(3_600);
        PublicKey key = OTHER.pair().getPublic();

        NodeCertificate issued = with(own(KEY, from, until)).issueFor(key, NOW);

        assertThat(issued.notBefore()).isEqualTo(from);
        assertThat(issued.notAfter()).isEqualTo(until);
        assertThatThrownBy(() -> with().issueFor(key, NOW))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void showsNoKey() {
        SessionKeyPair session = SessionKeyPair.create();

        assertThat(KEY).hasToString("OwnKey[" + KEY.id() + "]");
        assertThat(session).hasToString("SessionKeyPair[" + session.name() + "]");
        assertThat(session.publicHalf()).hasToString("SessionKey[" + session.name() + "]");
        assertThat(OwnKey.parse(KEY.pkcs8()).id()).isEqualTo(KEY.id());
        assertThat(SessionKeyPair.parse(session.pkcs8()).name()).isEqualTo(session.name());
    }
}
