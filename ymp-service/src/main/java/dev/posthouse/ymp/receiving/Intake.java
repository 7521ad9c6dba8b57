package dev.posthouse.ymp.receiving;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.ymp.YmpException;
import dev.posthouse.ymp.packet.Message;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Adds the messages of a packet to what waits of their sender (YMP, section 6). Every packet comes
 * this way: one statement, by JDBC alone, unless some of it is there already.
 */
@Singleton
final class Intake {

    /**
     * The messages are joined to the load, so that none is added before its row is held: packets of
     * one sender take turns there, on whichever replica they arrive.
     */
    private static final String ADD =
            """
            with load as (
              insert into inbox_load as l (sender_host, messages, octets, taken)
              values (?, ?, ?, ?)
              on conflict (sender_host) do update
              set messages = l.messages + excluded.messages, octets = l.octets + excluded.octets,
                taken = l.taken + excluded.taken
              returning sender_host, messages, octets),
            added as (
              insert into inbox (sender_host, id, content_hash, protocol, service, octets, message,
                received)
              select load.sender_host, id, decode(hash, 'hex'), protocol, service, given.octets,
                message, ?
              from load cross join unnest(?, ?, ?, ?, ?, ?)
                with ordinality as given (id, hash, protocol, service, octets, message, place)
              order by place
              on conflict (sender_host, id) do nothing
              returning id, seq)
            select load.messages, load.octets, added.id, added.seq
            from load left join added on true
            """;

    private final DataSource dataSource;
    private final Inbox inbox;
    private final Loads loads;

    Intake(DataSource dataSource, Inbox inbox, Loads loads) {
        this.dataSource = dataSource;
        this.inbox = inbox;
        this.loads = loads;
    }

    /**
     * What came of it.
     *
     * @param waiting of the sender now, those included that were there before
     * @param numbers of those that were added, by their ids
     */
    record Added(Load waiting, Map<String, Long> numbers) {

        Added {
            numbers = Map.copyOf(numbers);
        }

        /** Those that were not there. */
        List<Message> among(Collection<Message> messages) {
            return messages.stream().filter(message -> numbers.containsKey(message.id())).toList();
        }
    }

    /**
     * Adds those messages of a sender that are not there, in their order, to the caller's
     * transaction; the sender's row is held until that ends.
     *
     * @throws YmpException if one is there with other content
     */
    Added add(HostName sender, Collection<Message> messages, Instant received) {
        Added added = addNew(sender, messages, received);
        return added.numbers().size() == messages.size()
                ? added
                : withoutRepeated(sender, messages, added);
    }

    /** They were counted before it was known that they were there. */
    private Added withoutRepeated(HostName sender, Collection<Message> messages, Added added) {
        if (inbox.differs(sender, messages)) {
            throw StoreMessages.conflict();
        }
        Load repeated = Load.of(messages).minus(Load.of(added.among(messages)));
        loads.takeBack(sender, repeated);
        return new Added(added.waiting().minus(repeated), added.numbers());
    }

    private Added addNew(HostName sender, Collection<Message> messages, Instant received) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement add = connection.prepareStatement(ADD)) {
            Load given = Load.of(messages);
            add.setString(1, sender.text());
            add.setLong(2, given.messages());
            add.setLong(3, given.octets());
            add.setLong(4, given.messages());
            add.setObject(5, received.atOffset(ZoneOffset.UTC));
            set(add, 6, texts(messages, Message::id));
            set(add, 7, texts(messages, Message::contentHash));
            set(add, 8, texts(messages, Message::protocol));
            set(add, 9, texts(messages, Message::service));
            add.setArray(10, connection.createArrayOf("int4", octets(messages)));
            set(add, 11, texts(messages, Message::text));
            try (ResultSet rows = add.executeQuery()) {
                return read(rows);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("Messages cannot be added", failure);
        }
    }

    /** The driver writes an array of strings as octets, and one of objects as text with escapes. */
    private static void set(PreparedStatement statement, int place, String[] texts)
            throws SQLException {
        statement.setArray(place, statement.getConnection().createArrayOf("text", texts));
    }

    private static String[] texts(
            Collection<Message> messages, Function<Message, String> component) {
        return messages.stream().map(component).toArray(String[]::new);
    }

    private static Integer[] octets(Collection<Message> messages) {
        return messages.stream().map(Message::octets).toArray(Integer[]::new);
    }

    private static Added read(ResultSet rows) throws SQLException {
        Map<String, Long> numbers = new HashMap<>();
        Load waiting = new Load(0, 0);
        while (rows.next()) {
            waiting = new Load(rows.getLong(1), rows.getLong(2));
            String id = rows.getString(3);
            if (id != null) {
                numbers.put(id, rows.getLong(4));
            }
        }
        return new Added(waiting, numbers);
    }
}
