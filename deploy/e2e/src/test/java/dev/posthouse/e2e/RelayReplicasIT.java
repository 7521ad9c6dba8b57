package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.client.gateway.Collection.Mode;
import dev.posthouse.client.parcel.ReceivedParcel;
import dev.posthouse.e2e.OpenCollection.Delivery;
import dev.posthouse.local.suite.Part;
import dev.posthouse.local.suite.ServiceProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two replicas of a relay on one database behave as one, and are stopped in turn (PoHTTP, sections
 * 9 to 11).
 */
@Timeout(120)
final class RelayReplicasIT {

    private static final int PARCELS = 60;
    private static final int COLLECTORS = 4;

    /** What a relay hands out before it wants acknowledgements. */
    private static final int IN_FLIGHT = 5;

    private static final int COME_AGAIN = 4000;
    private static final String DELIVERED = "posthouse_relay_deliveries_total{code=\"2xx\"}";
    private static final String STORED = "posthouse_relay_parcels_in_total{code=\"stored\"}";
    private static final String REPEATED = "posthouse_relay_parcels_in_total{code=\"repeated\"}";

    private static RelayPair relays;

    private final String run = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        relays = RelayPair.start();
    }

    @AfterAll
    static void stop() {
        relays.close();
    }

    @AfterEach
    void reset() throws Exception {
        relays.reset();
    }

    @Test
    void handOutOnceWhatEitherHasTaken() throws Exception {
        PrivateGateway gateway = relays.gateway();
        relays.deliver(gateway, gateway, ids(PARCELS));
        List<String> came = new ArrayList<>();

        gateway.collect(Mode.FOLLOW, PARCELS / 2, parcel -> came.add(id(parcel)));
        relays.awaitWaiting(gateway, PARCELS - PARCELS / 2);
        relays.at(relays.second(), gateway)
                .collect(Mode.UNTIL_EMPTY, Integer.MAX_VALUE, parcel -> came.add(id(parcel)));

        assertThat(came).containsExactlyInAnyOrderElementsOf(ids(PARCELS));
        relays.assertNothingWaits(gateway);
    }

    @Test
    void pushWhatEitherTakesToThoseWhoWaitAtTheOther() throws Exception {
        PrivateGateway gateway = relays.gateway();
        OpenCollection atFirst = relays.collect(relays.first(), gateway);
        OpenCollection atSecond = relays.collect(relays.second(), gateway);

        for (ServiceProcess taker : List.of(relays.first(), relays.second())) {
            String id = UUID.randomUUID().toString();
            relays.at(taker, gateway).deliver(gateway.parcel(gateway.authorized(), id));
            Delivery delivery = atFirst.next();
            assertThat(delivery.parcel()).isEqualTo(id);
            assertThat(atSecond.next()).isEqualTo(delivery);
            atSecond.acknowledge(delivery);
            relays.awaitWaiting(gateway, 0);
            atFirst.acknowledge(delivery);
        }
        relays.assertNothingWaits(gateway);
    }

    @Test
    void deliverOnceToAnotherGateway() throws Exception {
        ServiceProcess north = Running.suite().processes().service(Running.NORTH);
        PrivateGateway from = relays.gateway();
        PrivateGateway to = relays.gatewayOf(north);
        Figure stored = new Figure(north, STORED);
        Figure repeated = new Figure(north, REPEATED);
        long storedBefore = stored.now();
        long repeatedBefore = repeated.now();
        long deliveredBefore = delivered();

        relays.deliver(from, to, ids(PARCELS));
        relays.awaitDelivered(from);
        List<String> came = new ArrayList<>();
        to.collect(Mode.UNTIL_EMPTY, Integer.MAX_VALUE, parcel -> came.add(id(parcel)));

        assertThat(came).containsExactlyInAnyOrderElementsOf(ids(PARCELS));
        assertThat(stored.now()).isEqualTo(storedBefore + PARCELS);
        assertThat(repeated.now()).isEqualTo(repeatedBefore);
        assertThat(delivered()).isEqualTo(deliveredBefore + PARCELS);
    }

    private static long delivered() throws Exception {
        return new Figure(relays.first(), DELIVERED).now()
                + new Figure(relays.second(), DELIVERED).now();
    }

    @Test
    void sendThoseWhoCollectToEachOtherWhenTheyStopInTurn() throws Exception {
        PrivateGateway busy = relays.gateway();
        List<PrivateGateway> patient = Stream.generate(relays::gateway).limit(COLLECTORS).toList();
        relays.deliver(busy, busy, ids(IN_FLIGHT + 2));

        OpenCollection line = relays.collect(relays.second(), busy);
        List<Delivery> held = new ArrayList<>(line.next(IN_FLIGHT));
        line.acknowledge(held.removeFirst());
        line.acknowledge(held.removeLast());
        held.addAll(line.next(2));
        relays.awaitWaiting(busy, IN_FLIGHT);
        assertSentAway(relays.second(), line, waitingAt(relays.second(), patient));

        OpenCollection again = relays.collect(relays.first(), busy);
        assertThat(again.next(IN_FLIGHT)).containsExactlyInAnyOrderElementsOf(held);
        relays.start(relays.second());
        assertSentAway(relays.first(), again, waitingAt(relays.first(), patient));

        OpenCollection last = relays.collect(relays.second(), busy);
        assertThat(last.next(IN_FLIGHT)).containsExactlyInAnyOrderElementsOf(held);
        for (Delivery one : held) {
            last.acknowledge(one);
        }
        relays.awaitWaiting(busy, 0);
        relays.start(relays.first());
        relays.assertNothingWaits(busy);
    }

    /** Each has collected one parcel there, and waits for more. */
    private static List<OpenCollection> waitingAt(
            ServiceProcess relay, List<PrivateGateway> gateways) throws Exception {
        List<OpenCollection> lines = new ArrayList<>();
        for (PrivateGateway gateway : gateways) {
            String id = UUID.randomUUID().toString();
            relays.at(relay, gateway).deliver(gateway.parcel(gateway.authorized(), id));
            OpenCollection line = relays.collect(relay, gateway);
            line.acknowledge(line.next());
            relays.awaitWaiting(gateway, 0);
            lines.add(line);
        }
        return lines;
    }

    /** The relay is told to end, and does so by itself once all have gone. */
    private static void assertSentAway(
            ServiceProcess relay, OpenCollection busy, List<OpenCollection> waiting)
            throws Exception {
        Part part = relay.part();
        Thread stopping = Thread.ofVirtual().start(part::stop);
        for (OpenCollection line : waiting) {
            assertThat(line.closeCode()).isEqualTo(COME_AGAIN);
        }
        assertThat(busy.closeCode()).isEqualTo(COME_AGAIN);
        stopping.join();
        assertThat(part.process().toldToEnd()).isTrue();
    }

    private static String id(byte[] parcel) {
        return ReceivedParcel.read(parcel).content().id();
    }

    private List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(number -> run + "-" + number).toList();
    }
}
