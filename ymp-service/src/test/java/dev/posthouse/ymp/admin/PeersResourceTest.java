package dev.posthouse.ymp.admin;

import static dev.posthouse.testing.Await.await;
import static dev.posthouse.ymp.admin.Operators.operator;
import static dev.posthouse.ymp.admin.Operators.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.posthouse.testing.TestDatabase;
import dev.posthouse.ymp.YmpUnderTest;
import dev.posthouse.ymp.sending.Posts;
import dev.posthouse.ymp.sending.Receiver;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PeersResourceTest {

    private Receiver receiver;

    @BeforeEach
    void open() {
        receiver = new Receiver("olga");
    }

    @AfterEach
    void close() {
        Receiver.forget(receiver.host());
        receiver.close();
    }

    @Test
    void listsAHostAndHowSendingToItGoes() {
        receiver.judge(packet -> Receiver.Reply.of(204));
        Posts.post(receiver.host(), "sent");
        await("it is sent", () -> receiver.inbox().size() == 1);
        order(receiver.host(), "block").then().statusCode(204);
        Posts.insert(receiver.host(), 3);

        Map<String, Object> peer = peer();

        assertThat(peer).containsEntry("blocked", true).containsEntry("waiting", 3);
        assertThat(peer).containsEntry("failures", 0).containsEntry("granted_tokens", 0);
        assertThat(peer).containsKeys("oldest", "token_expires").doesNotContainKey("backoff_until");
    }

    @Test
    void listsThemByPages() {
        TestDatabase.change(
                "insert into peer (host) select 'page' || n || '.example' from generate_series(1, 5) n");

        JsonPath first = list("after=page&max=2");
        JsonPath second = list("after=" + first.getString("next") + "&max=2");

        assertThat(first.getList("peers.host", String.class))
                .containsExactly("page1.example", "page2.example");
        assertThat(second.getList("peers.host", String.class))
                .containsExactly("page3.example", "page4.example");
        TestDatabase.change("delete from peer where host like 'page%.example'");
    }

    @Test
    void sendsNothingToABlockedHostUntilItIsUnblocked() {
        order(receiver.host(), "block").then().statusCode(204);
        Posts.insert(receiver.host(), 2);
        Posts.post(Posts.draft(receiver.host(), "late", "{}")).then().statusCode(403);
        TestDatabase.change(
                "update peer set due_at = now() - interval '1 hour' where host = ?",
                receiver.host());
        assertThat(receiver.requests()).isEmpty();

        order(receiver.host(), "unblock").then().statusCode(204);

        await("they are sent", () -> receiver.inbox().size() == 2);
    }

    @Test
    void stopsSendingInTheMidstOfABacklog() {
        receiver.judge(packet -> {
            TestDatabase.change("update peer set blocked = true where host = ?", receiver.host());
            return Receiver.Reply.of(204);
        });

        Posts.insert(receiver.host(), 250);

        await("the first packet is recorded", () -> Posts.waiting(receiver.host()) == 150);
        await(
                "the job is over",
                () ->
                        "t"
                                .equals(
                                        TestDatabase.ask(
                                                "select lease_until is null from peer where host = ?",
                                                receiver.host())));
        assertThat(receiver.packets()).hasSize(1);
    }

    @Test
    void dropsTheTokenThatIsHeld() {
        Posts.post(receiver.host(), "first");
        await("it is sent", () -> receiver.inbox().size() == 1);

        order(receiver.host(), "drop-token").then().statusCode(204);
        Posts.post(receiver.host(), "second");

        await("it is sent with another", () -> receiver.inbox().size() == 2);
        assertThat(receiver.requests()).hasSize(2);
    }

    @Test
    void revokesTheTokensThatAreGranted() {
        TestDatabase.change(
                """
                insert into granted_token (token_hash, host, created, expires)
                values (sha256('olga'), ?, now(), now() + interval '1 hour')
                """,
                receiver.host());
        assertThat(peer()).containsEntry("granted_tokens", 1);

        order(receiver.host(), "revoke").then().statusCode(204);

        assertThat(list("after=localhost&max=1000").getList("peers.host"))
                .doesNotContain(receiver.host());
        TestDatabase.change("delete from granted_token where host = ?", receiver.host());
    }

    @ParameterizedTest
    @ValueSource(strings = {"block", "unblock", "revoke", "drop-token"})
    void refusesWhatIsNoHost(String what) {
        order("127.1", what).then().statusCode(400).body("code", equalTo("host.syntax"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1", "abc", "1.5", "10000000000000000000", "%D9%A1"})
    void refusesToListWhatIsNoNumberOrTooMany(String max) {
        for (String list : List.of("peers", "dead-letters")) {
            operator()
                    .urlEncodingEnabled(false)
                    .get("/admin/" + list + "?max=" + max)
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("query.max"));
        }
    }

    @Test
    void refusesToBeginAfterWhatNoTextHolds() {
        operator()
                .queryParam("after", "a\0")
                .get("/admin/peers")
                .then()
                .statusCode(400)
                .body("code", equalTo("host.syntax"));
    }

    @Test
    void isForOperators() {
        YmpUnderTest.stranger().get("/admin/peers").then().statusCode(401);
        YmpUnderTest.door().as("ymp-application").get("/admin/peers").then().statusCode(403);
    }

    private Map<String, Object> peer() {
        return list("after=localhost&max=1000")
                .getMap("peers.find { it.host == '" + receiver.host() + "' }");
    }

    private static JsonPath list(String query) {
        return operator().get("/admin/peers?" + query).then().statusCode(200).extract().jsonPath();
    }
}
