package dev.posthouse.relay.delivery;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.relay.outbound.Leaving;
import dev.posthouse.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PoHTTP, section 9: a parcel that the database does not give out. */
@QuarkusTest
class WithheldParcelTest {

    private static final String WITHHOLD =
            """
            create function withheld(id text, octets bytea) returns bytea language plpgsql as $$
            begin
              if id = 'm1' and current_query() like '%then octets end%' then
                raise exception 'it takes too long' using errcode = 'STATE';
              end if;
              return octets;
            end $$;
            alter table outbound rename to outbound_itself;
            create view outbound as
              select seq, identity, internet_address, peer, recipient, sender, message_id, gateway,
                content_type, created, expires, digest, size,
                withheld(message_id, octets) as octets,
                version, attempts, due_at, dead, dead_at, arrived
              from outbound_itself;
            create function settled() returns trigger language plpgsql as $$
            begin
              update outbound_itself
              set octets = new.octets, attempts = new.attempts, due_at = new.due_at
              where seq = old.seq;
              return new;
            end $$;
            create trigger settled instead of update on outbound
              for each row execute function settled()
            """;

    private static final String GIVE_OUT =
            """
            do $$
            begin
              if to_regclass('outbound_itself') is not null then
                drop view outbound;
                alter table outbound_itself rename to outbound;
                drop function withheld;
                drop function settled;
              end if;
            end $$
            """;

    private ScriptedPeer peer;

    @BeforeEach
    void open() {
        peer = ScriptedPeer.named("gail");
        Leaving.forget(peer.address());
    }

    @AfterEach
    void close() {
        TestDatabase.change(GIVE_OUT);
        peer.close();
        Leaving.forget(peer.address());
    }

    private String parcel(String id, String column) {
        return Leaving.parcel(peer.address(), id, column);
    }

    private void lease(String until) {
        TestDatabase.change(
                "insert into peer (address, lease_until) values (?, "
                        + until
                        + ") on conflict (address) do update set lease_until = "
                        + until,
                Leaving.peerOf(peer.address()));
    }

    /** As if reading it took too long, or what is stored of it were damaged. */
    @ParameterizedTest
    @ValueSource(strings = {"57014", "XX001"})
    void holdsUpNoOtherAndIsTriedAgainAfterAPause(String state) {
        lease("now() + interval '1 hour'");
        Leaving.insert(peer.address(), 4);
        TestDatabase.change(WITHHOLD.replace("STATE", state));

        lease("null");

        await("the others are sent", () -> peer.sent().size() == 3);
        assertThat(peer.texts()).containsExactlyInAnyOrder("m2", "m3", "m4");
        await("it is tried again", () -> Integer.parseInt(parcel("m1", "attempts")) >= 2);
        assertThat(Integer.parseInt(parcel("m1", "attempts"))).isLessThan(10);
        assertThat(Leaving.peer(peer.address(), "failures")).isEqualTo("0");
        TestDatabase.change(GIVE_OUT);
        await("it is sent", () -> peer.texts().contains("m1"));
    }
}
