package dev.posthouse.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.posthouse.client.failure.ClientException.Refused;
import dev.posthouse.client.gateway.Collection.Mode;
import dev.posthouse.client.gateway.PoWebClient;
import dev.posthouse.client.gateway.Registration;
import dev.posthouse.client.https.OctetsApi;
import dev.posthouse.client.https.Patience;
import dev.posthouse.client.https.RetryPolicy;
import dev.posthouse.client.https.Trust;
import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.client.node.Validity;
import dev.posthouse.client.parcel.ParcelBuilder;
import dev.posthouse.client.parcel.PohttpClient;
import dev.posthouse.common.node.NodeRole;
import dev.posthouse.relay.identity.OwnIdentity;
import dev.posthouse.testing.RsaKeys;
import dev.posthouse.testing.TestPki;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client's own library as private gateway, endpoint and peer. */
@QuarkusTest
@Timeout(60)
class ClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LIFE = Duration.ofDays(30);

    @Inject OwnIdentity us;
    @Inject MovedClock clock;

    private final KeyPair pair = RsaKeys.next();
    private PoWebClient client;
    private PohttpClient peer;

    @BeforeEach
    void open() {
        URI door = URI.create(RelayUnderTest.setting("test.url.ssl"));
        client = client(door);
        peer = new PohttpClient(api(door.resolve("/")), patience(), clock, PATIENCE);
    }

    @AfterEach
    void close() {
        client.close();
        peer.close();
    }

    @Test
    void learnsWhoWeAre() {
        var parameters = client.parameters();

        assertThat(parameters.id()).isEqualTo(us.id());
        assertThat(parameters.internetAddress()).isEqualTo(RelayUnderTest.ADDRESS);
        assertThat(parameters.sessionKey()).isPresent();
    }

    @Test
    void registersAndCollectsWhatPeersPost() {
        Registration registration = client.register(pair);
        NodeIdentity gateway = registration.identity(pair);
        NodeIdentity sender = sender(gateway);
        List<byte[]> parcels = new ArrayList<>();
        for (int number = 0; number < 12; number++) {
            byte[] parcel = new ParcelBuilder(sender, clock.instant()).build();
            parcels.add(parcel);
            peer.deliver(parcel);
            peer.deliver(parcel);
        }

        assertThat(registration.internetAddress()).isEqualTo(RelayUnderTest.ADDRESS);
        assertThat(collected(client, gateway)).containsExactlyElementsOf(parcels);
        assertThat(collected(client, gateway)).isEmpty();
    }

    @Test
    void collectsTheLongestParcelOnThePlainPortAsItComes() throws InterruptedException {
        NodeIdentity gateway = client.register(pair).identity(pair);
        byte[] parcel =
                new ParcelBuilder(sender(gateway), clock.instant()).fillTo(8_322_037).build();
        URI plain =
                URI.create("http://127.0.0.1:" + RelayUnderTest.setting("relay.poweb.plain-port"));
        Thread posting = Thread.startVirtualThread(() -> peer.deliver(parcel));
        List<byte[]> taken = new ArrayList<>();

        try (PoWebClient here = client(plain)) {
            here.collection(gateway).collect(Mode.FOLLOW, 1, taken::add);
        }

        posting.join();
        assertThat(taken).containsExactly(parcel);
    }

    @Test
    void aStrangerCollectsNothing() {
        NodeIdentity stranger =
                NodeIdentity.selfIssued(
                        pair, NodeRole.PRIVATE_GATEWAY, Validity.from(clock.instant(), LIFE));

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> collected(client, stranger))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo("websocket.1003"));
    }

    @Test
    void aParcelForNobodyOfOursIsRefused() {
        NodeIdentity elsewhere =
                NodeIdentity.selfIssued(
                        pair, NodeRole.PRIVATE_GATEWAY, Validity.from(clock.instant(), LIFE));
        byte[] parcel = new ParcelBuilder(sender(elsewhere), clock.instant()).build();

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> peer.deliver(parcel))
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(403));
    }

    private NodeIdentity sender(NodeIdentity gateway) {
        Validity month = Validity.from(clock.instant(), LIFE);
        return gateway.issue(RsaKeys.next(), NodeRole.ENDPOINT, month)
                .issue(RsaKeys.next(), NodeRole.SENDER, month);
    }

    private static List<byte[]> collected(PoWebClient client, NodeIdentity gateway) {
        List<byte[]> parcels = new ArrayList<>();
        client.collection(gateway).collect(Mode.UNTIL_EMPTY, Integer.MAX_VALUE, parcels::add);
        return parcels;
    }

    private PoWebClient client(URI door) {
        return new PoWebClient(api(door), patience(), clock, PATIENCE);
    }

    private OctetsApi api(URI door) {
        Trust trust = new Trust(Path.of("ca.crt"), List.of(TestPki.shared().certificate()));
        return new OctetsApi(door, trust, clock);
    }

    private Patience patience() {
        return new Patience(
                new RetryPolicy(RandomGenerator.getDefault()),
                clock,
                (length, why) -> Thread.sleep(length));
    }
}
