package dev.posthouse.local.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.local.SharedServers;
import dev.posthouse.local.process.LocalFailure;
import dev.posthouse.local.suite.SuitePlan.Manner;
import dev.posthouse.testing.EmbeddedPostgresServer;
import dev.posthouse.testing.TestKafka;
import dev.posthouse.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SuiteTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** One for all tests: keys and data are made once. */
    @TempDir private static Path home;

    private final List<String> progress = new ArrayList<>();
    private StateDirectory state;
    private Suite suite;

    @AfterEach
    void leaveNothingBehind() {
        suite.close();
        assertThat(state.processes().running()).isEmpty();
    }

    @Test
    void startsEverythingAndTellsHowFarItIs() throws Exception {
        plan(Manner.PLAIN, "ca.profile.lifetime=3d").start();

        assertThat(progress)
                .extracting(line -> line.replaceFirst(" .*", ""))
                .containsExactly("infrastructure", "proxy", "ca", "repository", "ymp", "relay");
        assertThat(suite.service(Service.CA).part().log())
                .content()
                .contains("ca.profile.lifetime=3d");
        for (Service service : Service.values()) {
            TestPostgres.connect(suite.jdbcUrl(service)).close();
        }
        assertThat(suite.pki().trustAnchor()).exists();
    }

    @Test
    void loosesAndRegainsEachPartOnItsOwn() throws Exception {
        plan(Manner.BROKER_APART).start();
        ServiceProcess ca = suite.service(Service.CA);

        ca.part().kill();
        assertThat(ca.part().ready()).isFalse();
        ca.part().start();
        ca.part().awaitReady(PATIENCE);

        suite.postgres().stop();
        assertThatThrownBy(() -> TestPostgres.connect(suite.jdbcUrl(Service.CA)))
                .isInstanceOf(SQLException.class);
        suite.kafka().kill();
        suite.postgres().start();
        suite.kafka().start();
        suite.postgres().awaitReady(PATIENCE);
        suite.kafka().awaitReady(PATIENCE);
        TestPostgres.connect(suite.jdbcUrl(Service.CA)).close();

        ServiceProcess replica = suite.startReplica(Service.CA);
        replica.part().awaitReady(PATIENCE);
        assertThat(suite.instances(Service.CA)).containsExactly(ca, replica);
        assertThat(replica.url()).isNotEqualTo(ca.url());
    }

    @Test
    void saysWhichServiceDidNotStartAndStopsTheOthers() throws Exception {
        planOnSharedServers("ca.dummy.fails=yes");

        assertThatThrownBy(suite::start)
                .isInstanceOf(LocalFailure.class)
                .hasMessageContaining("ca ended with code 3")
                .hasMessageContaining("dummy.fails is set");
    }

    @Test
    void saysWhatIsNotBuilt() throws Exception {
        plan(Manner.PLAIN);
        Path jar = home.resolve("ca-service/target/quarkus-app/quarkus-run.jar");
        Files.delete(jar);

        assertThatThrownBy(suite::start)
                .isInstanceOf(LocalFailure.class)
                .hasMessageContaining(jar + " is missing");
    }

    private Suite plan(Manner manner, String... words) throws IOException {
        Settings settings = Settings.parse(Arrays.asList(words));
        state = new StateDirectory(home.resolve("state"));
        suite =
                new Suite(
                        new SuitePlan(
                                DummyService.packageInto(home),
                                state,
                                settings,
                                Ports.free(settings),
                                manner),
                        progress::add);
        return suite;
    }

    private Suite planOnSharedServers(String... words) throws IOException {
        return plan(
                Manner.PLAIN,
                Stream.concat(Stream.of(words), SharedServers.settings().stream())
                        .toArray(String[]::new));
    }

    @Test
    void startsReplicasAndOtherPartiesEachWithItsOwn() throws Exception {
        planOnSharedServers("replicas.ca=2", "instance.west=repository", "west.hold=3s").start();

        assertThat(suite.services())
                .extracting(one -> one.instance().label())
                .containsExactly("proxy", "ca", "ca-2", "repository", "west", "ymp", "relay");
        assertThat(suite.service("west").part().log())
                .content()
                .contains("repository.hold=3s", "/posthouse_west");
        assertThat(suite.service("ca-2").part().log()).content().contains("/posthouse_ca");
        TestPostgres.connect(suite.jdbcUrl(suite.service("west").instance())).close();
        assertThat(suite.startReplica(Service.CA).instance().label()).isEqualTo("ca-3");
    }

    @Test
    void namesTheOneThatEndedEvenWhileItWaitsForAnother() throws Exception {
        planOnSharedServers("proxy.dummy.never=yes", "repository.dummy.fails=yes");

        assertThatThrownBy(suite::start)
                .isInstanceOf(LocalFailure.class)
                .hasMessageContaining("repository ended with code 3: ERROR dummy.fails is set");
    }

    @Test
    void usesServersThatAreThereAndLeavesThemAlone() throws Exception {
        EmbeddedPostgresServer server =
                EmbeddedPostgresServer.start(EmbeddedPostgresServer.Options.forTests());
        try {
            String url = server.jdbcUrl("").replaceFirst("[?].*", "");
            plan(
                            Manner.PLAIN,
                            "postgres.url=" + url,
                            "kafka.bootstrap-servers=" + TestKafka.bootstrapServers())
                    .start();

            assertThat(suite.parts()).hasSameSizeAs(suite.services());
            suite.close();
            TestPostgres.connect(server.jdbcUrl("posthouse_ca")).close();
        } finally {
            server.close();
        }
    }

    /** One that was told to end did not fail. */
    @Test
    void namesTheOneThatFailedAmongThoseThatEnded() throws Exception {
        planOnSharedServers().start();
        suite.service(Service.PROXY).part().stop();
        suite.service(Service.REPOSITORY).part().kill();

        assertThat(suite.awaitAnyEnd().orElseThrow().obituary())
                .startsWith("repository ended with code 137");
    }
}
