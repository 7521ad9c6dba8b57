package dev.posthouse.ymp.receiving;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.ymp.YmpUnderTest;
import dev.posthouse.ymp.packet.Message;
import dev.posthouse.ymp.packet.Packet;
import dev.posthouse.ymp.packet.TestMessage;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A host that no other test knows, and what the inbox has of it.
 *
 * @param name of the host
 */
record TestSender(HostName name) {

    TestSender() {
        this(HostName.parse("h" + UUID.randomUUID().toString().replace("-", "") + ".example"));
    }

    /** A message of this host to the service under test. */
    TestMessage message(String id) {
        return new TestMessage(name.text(), YmpUnderTest.HOST, id).text("protocol", protocol());
    }

    /** Its messages have a protocol of their own, so that a test can read them alone. */
    String protocol() {
        return name.host().substring(0, 33);
    }

    /** A packet of messages with these ids. */
    byte[] packet(String... ids) {
        return TestMessage.packet(
                List.of(ids).stream().map(id -> message(id).json()).toArray(String[]::new));
    }

    /** The ids from 1 on. */
    static String[] ids(int number) {
        return IntStream.rangeClosed(1, number).mapToObj(Integer::toString).toArray(String[]::new);
    }

    /** The messages with these ids, read. */
    Collection<Message> messages(String... ids) {
        return Packet.parse(packet(ids)).messages();
    }

    /** The ids of what waits, in their order. */
    String waiting() {
        return ask(
                "select string_agg(id, ' ' order by seq) from inbox where sender_host = ?"
                        + " and acknowledged is null");
    }

    /** What is counted as waiting. */
    String load() {
        return ask("select messages || ' ' || octets from inbox_load where sender_host = ?");
    }

    /** What does wait. */
    String realLoad() {
        return ask(
                "select count(*) || ' ' || coalesce(sum(octets), 0) from inbox"
                        + " where sender_host = ? and acknowledged is null");
    }

    long seq(String id) {
        return Long.parseLong(
                TestDatabase.ask(
                        "select seq from inbox where sender_host = ? and id = ?", name.text(), id));
    }

    private String ask(String sql) {
        return TestDatabase.ask(sql, name.text());
    }
}
