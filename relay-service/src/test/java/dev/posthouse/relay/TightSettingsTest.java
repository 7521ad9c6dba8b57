package dev.posthouse.relay;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.client.node.Validity;
import dev.posthouse.client.parcel.ParcelBuilder;
import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeRole;
import dev.posthouse.relay.identity.OwnIdentity;
import dev.posthouse.relay.parcel.TestArrival;
import dev.posthouse.relay.parcel.TestQueue;
import dev.posthouse.testing.RawHttp;
import dev.posthouse.testing.RsaKeys;
import dev.posthouse.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoublePredicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What settings do (PoHTTP, section 17), seen by those at the door: one start for all of them. */
@QuarkusTest
@TestProfile(TightSettings.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TightSettingsTest {

    private static final String DOOR = "/v1/pohttp";
    private static final String TYPE = "application/vnd.awala.parcel";
    private static final int LARGE = 60_000;
    private static final int ALL = 2_000_000;
    private static final int MOST_OF_IT = 4_000_000;
    private static final Validity VALIDITY = Validity.from(MovedClock.AT, Duration.ofDays(30));
    private static final AtomicInteger ADDRESSES = new AtomicInteger();
    private static final KeyPair GATEWAY = RsaKeys.next();
    private static final KeyPair SENDER = RsaKeys.next();

    @Inject OwnIdentity identity;
    @Inject MeterRegistry metrics;
    @Inject Event<ShutdownDelayInitiatedEvent> ending;

    /** What other tests have left would count. */
    @BeforeEach
    void empty() {
        TestDatabase.change("delete from parcel");
        TestDatabase.change("delete from outbound");
        awaitCounted(octets -> octets < ALL / 2);
    }

    /** What waits is counted now and then; there is no figure before the first time. */
    private void awaitCounted(DoublePredicate enough) {
        await(
                "it has been counted",
                () ->
                        metrics.find("posthouse.relay.waiting.octets").gauges().stream()
                                .anyMatch(octets -> enough.test(octets.value())));
    }

    /** A private gateway that is new here. */
    private NodeIdentity registered(KeyPair pair) {
        NodeCertificate issued = identity.issueFor(pair.getPublic(), MovedClock.AT);
        NodeIdentity gateway = new NodeIdentity(pair.getPrivate(), List.of(issued));
        register(gateway);
        return gateway;
    }

    private static void register(NodeIdentity gateway) {
        TestDatabase.change(
                "insert into gateway (id, registered) values (?, ?) on conflict do nothing",
                gateway.id().text(),
                Timestamp.from(MovedClock.AT));
    }

    /** Who may write to a new endpoint of that gateway. */
    private static NodeIdentity senderTo(NodeIdentity gateway) {
        return gateway.issue(RsaKeys.next(), NodeRole.ENDPOINT, VALIDITY)
                .issue(SENDER, NodeRole.SENDER, VALIDITY);
    }

    private static byte[] parcel(NodeIdentity sender, int payload) {
        return new ParcelBuilder(sender, MovedClock.AT).payload(new byte[payload]).build();
    }

    /** From an address that nobody else has. */
    private static Response post(byte[] parcel) {
        return post(parcel, "198.51.100." + ADDRESSES.incrementAndGet());
    }

    private static Response post(byte[] parcel, String address) {
        return RelayUnderTest.stranger(address)
                .contentType(TYPE)
                .accept("application/json")
                .body(parcel)
                .post(DOOR);
    }

    private static void assertTaken(NodeIdentity sender, int payload) {
        assertThat(post(parcel(sender, payload)).statusCode()).isEqualTo(202);
    }

    private static void assertFull(NodeIdentity sender, int payload, String message) {
        assertRefused(post(parcel(sender, payload)), 507, message);
    }

    private static void assertRefused(Response answer, int status, String message) {
        assertThat(answer.jsonPath().getString("message")).isEqualTo(message);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
    }

    @Test
    void takesParcelsWhereThePathSays() {
        assertTaken(senderTo(registered(GATEWAY)), 1);
        assertThat(RelayUnderTest.stranger().get(DOOR).statusCode()).isEqualTo(200);
        assertThat(RelayUnderTest.stranger().get("/").statusCode()).isEqualTo(404);
        assertThat(
                        RelayUnderTest.stranger()
                                .contentType(TYPE)
                                .body(new byte[1])
                                .post("/")
                                .statusCode())
                .isEqualTo(404);
    }

    @Test
    void takesSoManyParcelsFromAnAddress() {
        byte[] garbage = {1};
        for (int n = 0; n < 5; n++) {
            assertThat(post(garbage, "192.0.2.1").statusCode()).isEqualTo(400);
        }

        assertRefused(post(garbage, "192.0.2.1"), 429, "Too many requests from here.");

        assertThat(post(garbage, "192.0.2.2").statusCode()).isEqualTo(400);
    }

    @Test
    void takesParcelsUnderAFormerRoot() throws GeneralSecurityException, IOException {
        var key = new PKCS8EncodedKeySpec(Files.readAllBytes(TightSettings.ROOT_KEY));
        NodeIdentity root =
                new NodeIdentity(
                        KeyFactory.getInstance("RSA").generatePrivate(key),
                        List.of(NodeCertificate.parse(Files.readAllBytes(TightSettings.ROOT))));
        NodeIdentity below = root.issue(RsaKeys.next(), NodeRole.PRIVATE_GATEWAY, VALIDITY);
        NodeIdentity unknown =
                NodeIdentity.selfIssued(RsaKeys.next(), NodeRole.INTERNET_GATEWAY, VALIDITY)
                        .issue(GATEWAY, NodeRole.PRIVATE_GATEWAY, VALIDITY);
        register(below);
        register(unknown);

        assertTaken(senderTo(below), 1);
        assertThat(post(parcel(senderTo(unknown), 1)).statusCode()).isEqualTo(403);
    }

    @Test
    void keepsSoManyParcelsForARecipientAndForAGateway() {
        NodeIdentity here = registered(RsaKeys.next());
        NodeIdentity one = senderTo(here);
        NodeIdentity other = senderTo(here);
        for (int n = 0; n < 3; n++) {
            assertTaken(one, 1);
        }
        assertFull(one, 1, "Too much waits for that recipient.");
        assertTaken(other, 1);
        assertTaken(other, 1);
        assertFull(other, 1, "Too much waits for that gateway.");
        assertTaken(senderTo(registered(RsaKeys.next())), 1);
    }

    @Test
    void keepsSoManyOctetsForARecipientAndForAGateway() {
        NodeIdentity here = registered(RsaKeys.next());
        NodeIdentity one = senderTo(here);
        NodeIdentity other = senderTo(here);
        assertTaken(one, LARGE);
        assertFull(one, LARGE, "Too much waits for that recipient.");
        assertTaken(other, LARGE);
        assertFull(senderTo(here), LARGE, "Too much waits for that gateway.");
        assertTaken(senderTo(registered(RsaKeys.next())), LARGE);
    }

    @Test
    void keepsSoManyOctetsInAll() {
        NodeIdentity sender = senderTo(registered(RsaKeys.next()));
        TestQueue.fill(TestArrival.node(), TestArrival.node(), ALL / TestQueue.SIZE);
        awaitCounted(octets -> octets == ALL);

        assertFull(sender, 1, "Too much waits here.");
    }

    /** One address has half of what strangers have, which is five eighths of all. */
    @Test
    void takesSoManyOctetsAtOnce() {
        byte[] parcel = parcel(senderTo(registered(GATEWAY)), 1);
        String address = "192.0.2.3";
        try (RawHttp slow = RawHttp.connect(RelayUnderTest.door().url())) {
            slow.send("POST " + DOOR + " HTTP/1.1\r\nHost: x\r\nForwarded: for=" + address)
                    .send("\r\nContent-Type: " + TYPE + "\r\nContent-Length: 8000000\r\n\r\n")
                    .send(new byte[MOST_OF_IT]);
            await(
                    "it has its place",
                    () ->
                            metrics.get("posthouse.relay.octets.in.flight").gauge().value()
                                    >= MOST_OF_IT);

            long begun = System.nanoTime();
            assertRefused(post(parcel, address), 503, "Too much is arriving just now.");
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofSeconds(3));
            assertThat(post(parcel).statusCode()).isEqualTo(202);
        }
    }

    /** The last, since it does not open again. */
    @Test
    @Order(Integer.MAX_VALUE)
    void closesItsDoorsBeforeItEnds() {
        byte[] parcel = parcel(senderTo(registered(GATEWAY)), 1);

        ending.fire(new ShutdownDelayInitiatedEvent());
        await("they are closed", () -> post(parcel).statusCode() == 503);

        assertRefused(post(parcel), 503, "The service is shutting down.");
        for (String door : List.of("/v1/parcels", "/v1/nodes", "/v1/pre-registrations")) {
            assertRefused(
                    RelayUnderTest.stranger().accept("application/json").post(door),
                    503,
                    "The service is shutting down.");
        }
        assertThat(RelayUnderTest.stranger().get("/v1/parcel-collection").statusCode())
                .isEqualTo(503);
        assertThat(RelayUnderTest.stranger().get("/admin/queues").statusCode()).isEqualTo(503);
    }
}
