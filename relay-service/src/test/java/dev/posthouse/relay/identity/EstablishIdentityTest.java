package dev.posthouse.relay.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeCertificates;
import dev.posthouse.common.node.NodeRole;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.relay.MovedClock;
import dev.posthouse.relay.identity.EstablishIdentity.Established;
import dev.posthouse.relay.identity.IdentityFiles.Imported;
import dev.posthouse.testing.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Who we are is decided once, in the database, for all replicas (PoHTTP, section 6). */
@QuarkusTest
class EstablishIdentityTest {

    private static final Duration LONG = Duration.ofDays(300);

    @Inject EstablishIdentity establish;
    @Inject OwnIdentity us;
    @Inject OwnKeys keys;
    @Inject OwnCertificates certificates;
    @Inject MovedClock clock;

    /** In a database without any identity, of which nothing remains. */
    private void inTheBeginning(Consumer<Instant> steps) {
        QuarkusTransaction.begin();
        try {
            keys.deleteAll();
            certificates.deleteAll();
            steps.accept(clock.instant());
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    private static Imported imported(OwnKey key, Instant from, Instant until) {
        return new Imported(
                key,
                NodeCertificates.issue(
                        key.pair(),
                        key.pair().getPublic(),
                        NodeRole.INTERNET_GATEWAY,
                        from,
                        until));
    }

    @Test
    void createsWhatThereIsNotAndFindsItAgain() {
        inTheBeginning(now -> {
            Established created = establish.decide(Optional.empty());
            Established found = establish.decide(Optional.empty());

            assertThat(created.identity().newest(now)).isPresent();
            assertThat(found.identity().key().id()).isEqualTo(created.identity().key().id());
            assertThat(found.identity().certificates())
                    .isEqualTo(created.identity().certificates())
                    .hasSize(1);
            assertThat(found.sessionKey().id()).isEqualTo(created.sessionKey().id());
            assertThat(found.identity().key().id()).isNotEqualTo(us.id());
        });
    }

    @Test
    void keepsAnImportedKeyWithoutItsFile() {
        inTheBeginning(now -> {
            Imported file = imported(OwnKey.create(), now, now.plus(LONG));

            establish.decide(Optional.of(file));
            establish.decide(Optional.of(file));
            Identity found = establish.decide(Optional.empty()).identity();

            assertThat(found.key().id()).isEqualTo(file.key().id());
            assertThat(found.certificates()).containsExactly(file.certificate());
        });
    }

    @Test
    void keepsAnEarlierKeyThatIsImportedAgain() {
        inTheBeginning(now -> {
            Imported first = imported(OwnKey.create(), now, now.plus(LONG));
            Imported second = imported(OwnKey.create(), now, now.plus(LONG));
            establish.decide(Optional.of(first));
            clock.during(
                    Duration.ofMinutes(1),
                    () -> assertThat(establish.decide(Optional.of(second))).isNotNull());

            clock.during(
                    Duration.ofMinutes(2),
                    () -> assertThat(establish.decide(Optional.of(first))).isNotNull());

            Identity found = establish.decide(Optional.empty()).identity();
            assertThat(found.key().id()).isEqualTo(first.key().id());
        });
    }

    @Test
    void goesOnTrustingTheCertificatesOfAnEarlierKey() {
        inTheBeginning(now -> {
            Identity first = establish.decide(Optional.empty()).identity();
            Imported file = imported(OwnKey.create(), now, now.plus(LONG));

            Identity second = establish.decide(Optional.of(file)).identity();

            assertThat(second.key().id()).isEqualTo(file.key().id());
            assertThat(second.newest(now)).contains(file.certificate());
            assertThat(second.certificates()).containsAll(first.certificates());
        });
    }

    @Test
    void refusesACertificateThatIsNotValidUnlessOthersHaveFollowedIt() {
        inTheBeginning(now -> {
            Imported ended = imported(OwnKey.create(), now.minus(LONG), now.minusSeconds(1));

            assertThatThrownBy(() -> establish.decide(Optional.of(ended)))
                    .isInstanceOf(BadSetting.class)
                    .hasMessageStartingWith("relay.identity.certificate: ");

            certificates.add(imported(ended.key(), now, now.plus(LONG)).certificate());
            assertThat(establish.decide(Optional.of(ended)).identity().key().id())
                    .isEqualTo(ended.key().id());
        });
    }

    @Test
    void renewsAtOnceWhatIsInTheSecondHalfOfItsLife() {
        inTheBeginning(now -> {
            Imported old = imported(OwnKey.create(), now.minus(LONG), now.plusSeconds(9));

            Identity renewed = establish.decide(Optional.of(old)).identity();

            assertThat(renewed.certificates()).hasSize(2).contains(old.certificate());
            assertThat(renewed.newest(now)).isNotEqualTo(Optional.of(old.certificate()));
        });
    }

    @Test
    void namesTheSecretsKeyThatOpensNothing() {
        inTheBeginning(now -> {
            establish.decide(Optional.empty());
            keys.getEntityManager()
                    .createNativeQuery("update own_key set sealed = sha512(sealed)")
                    .executeUpdate();
            keys.getEntityManager().clear();

            assertThatThrownBy(() -> establish.decide(Optional.empty()))
                    .isInstanceOf(BadSetting.class)
                    .hasMessageStartingWith("relay.secrets-key: ");
        });
    }

    @Test
    void renewsOnceHoweverManyReplicasThinkOfIt() throws Exception {
        OwnKey key = OwnKey.create();
        Callable<Identity> renew = () -> establish.renew(key);
        try (ExecutorService replicas = Executors.newVirtualThreadPerTaskExecutor()) {
            List<NodeCertificate> newest =
                    replicas.invokeAll(Collections.nCopies(5, renew)).stream()
                            .map(done -> done.resultNow().newest(clock.instant()).orElseThrow())
                            .toList();

            assertThat(newest).hasSize(5).containsOnly(newest.getFirst());
        } finally {
            TestDatabase.change("delete from own_certificate where node_id = ?", key.id().text());
        }
    }

    @Test
    void keepsNoKeyAsItIs() {
        String sealed = TestDatabase.ask("select string_agg(sealed::text, ' ') from own_key");

        assertThat(TestDatabase.ask("select count(*) from own_key where purpose = 'identity'"))
                .isEqualTo("1");
        // What every RSA key in PKCS#8 holds.
        assertThat(sealed).doesNotContain("2a864886f70d010101");
    }
}
