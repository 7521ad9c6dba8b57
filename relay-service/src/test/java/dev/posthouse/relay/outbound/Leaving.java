package dev.posthouse.relay.outbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.testing.Await;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.testing.TestKafka;
import java.util.List;

/** Parcels for a peer, named by its Internet address, as the database and Kafka know them. */
public final class Leaving {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Leaving() {}

    /** The peer of an Internet address that no static route is for. */
    public static String peerOf(String address) {
        return address.replaceFirst("^https://", "");
    }

    /** Nothing is known of a peer any more. */
    public static void forget(String peer) {
        TestDatabase.change("delete from outbound where internet_address = ?", peer);
        TestDatabase.change("delete from peer where address = ?", peerOf(peer));
    }

    /** How many wait. */
    public static int waiting(String peer) {
        return count(peer, "octets is not null and dead is null");
    }

    /** How many there are of which that holds. */
    public static int count(String peer, String what) {
        return Integer.parseInt(
                TestDatabase.ask(
                        "select count(*) from outbound where internet_address = ? and " + what,
                        peer));
    }

    /** A column of the parcel of that message id. */
    public static String parcel(String peer, String id, String column) {
        return TestDatabase.ask(
                "select " + column + " from outbound where internet_address = ? and message_id = ?",
                peer,
                id);
    }

    /** A column of the peer itself. */
    public static String peer(String peer, String column) {
        return TestDatabase.ask("select " + column + " from peer where address = ?", peerOf(peer));
    }

    /** So many at once, past the door: {@code m1}, {@code m2} and so on; nobody is woken. */
    public static void insert(String peer, int many) {
        TestDatabase.change(
                "insert into peer (address) values (?) on conflict do nothing", peerOf(peer));
        insertForNobody(peer, many);
    }

    /** The same for a peer that is not known. */
    public static void insertForNobody(String peer, int many) {
        insertForNobody(peer, peerOf(peer), many);
    }

    /** The same where that address leads to another peer. */
    public static void insertForNobody(String address, String peer, int many) {
        TestDatabase.change(
                """
                insert into outbound (identity, internet_address, peer, recipient, sender,
                  message_id, content_type, created, expires, digest, size, octets, arrived)
                select sha256(convert_to(? || n, 'UTF8')), ?, ?, 'r', 's', 'm' || n, 'type',
                  timestamptz '2026-11-22', timestamptz '2026-12-22', 'x',
                  octet_length('m' || n), convert_to('m' || n, 'UTF8'), timestamptz '2026-11-22'
                from generate_series(1, ?) n
                order by n
                """,
                address,
                address,
                peer,
                many);
    }

    /** What the events of a topic say of a peer, once none waits in the outbox. */
    public static List<JsonNode> events(String topic, String peer) {
        Await.await(
                "its events are sent",
                () ->
                        TestDatabase.ask("select count(*) from outbox where key = ?", peer)
                                .equals("0"));
        return TestKafka.records(topic, peer).stream().map(record -> data(record.value())).toList();
    }

    private static JsonNode data(String event) {
        try {
            return JSON.readTree(event).path("data");
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException(malformed);
        }
    }
}
