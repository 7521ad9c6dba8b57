package dev.posthouse.ymp.admin;

import static dev.posthouse.testing.Await.await;
import static dev.posthouse.ymp.admin.Operators.operator;
import static dev.posthouse.ymp.admin.Operators.redrive;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.posthouse.testing.TestDatabase;
import dev.posthouse.ymp.MovedClock;
import dev.posthouse.ymp.YmpUnderTest;
import dev.posthouse.ymp.sending.Events;
import dev.posthouse.ymp.sending.Posts;
import dev.posthouse.ymp.sending.Receiver;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DeadLettersResourceTest {

    @Inject MovedClock clock;
    @Inject MeterRegistry metrics;

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
    void listsWhatTheHostRefused() {
        receiver.judge(packet -> Receiver.Reply.of(400));
        Posts.post(receiver.host(), "bad");
        await("it is dead", () -> Posts.waiting(receiver.host()) == 0);

        JsonPath dead = list();

        assertThat(dead.getList("messages.id")).containsExactly("bad");
        assertThat(dead.getString("messages[0].host")).isEqualTo(receiver.host());
        assertThat(dead.getString("messages[0].cause")).isEqualTo("400");
        assertThat(dead.getInt("messages[0].attempts")).isEqualTo(1);
        assertThat(dead.getMap("messages[0]")).containsKeys("seq", "posted", "dead");
        assertThat(dead.prettify()).doesNotContain("payload", "an action");
    }

    @Test
    void drivesThemAgainAfterThoseThatWait() {
        receiver.judge(packet -> Receiver.Reply.of(403));
        Posts.insert(receiver.host(), 3);
        await("all are dead", () -> Posts.waiting(receiver.host()) == 0);
        receiver.judge(packet -> Receiver.Reply.of(503));
        Posts.post(receiver.host(), "waits");
        int before = receiver.packets().size();
        await("it waits", () -> receiver.packets().size() > before);

        redrive("{\"host\": \"%s\"}".formatted(receiver.host()))
                .then()
                .statusCode(200)
                .body("redriven", equalTo(3));
        receiver.judge(packet -> Receiver.Reply.of(204));

        await("all are sent", () -> receiver.inbox().size() == 4);
        assertThat(receiver.inbox()).containsExactly("waits", "m1", "m2", "m3");
        redrive("{\"host\": \"%s\"}".formatted(receiver.host()))
                .then()
                .body("redriven", equalTo(0));
    }

    @Test
    void drivesJustThoseThatAreNamed() {
        receiver.judge(packet -> Receiver.Reply.of(403));
        Posts.insert(receiver.host(), 3);
        await("all are dead", () -> Posts.waiting(receiver.host()) == 0);
        receiver.judge(packet -> Receiver.Reply.of(204));
        List<Integer> seqs = list().getList("messages.seq");

        redrive("{\"seq\": []}").then().statusCode(200).body("redriven", equalTo(0));
        redrive("{\"seq\": [%d, %d, 999999999]}".formatted(seqs.get(0), seqs.get(2)))
                .then()
                .body("redriven", equalTo(2));

        await("they are sent", () -> receiver.inbox().size() == 2);
        assertThat(receiver.inbox()).containsExactly("m1", "m3");
        assertThat(list().getList("messages.id")).containsExactly("m2");
    }

    @Test
    void givesUpWhatHasWaitedTooLong() {
        receiver.grantNothing();
        Posts.post(receiver.host(), "old");

        clock.during(
                Duration.ofDays(3).plusSeconds(1),
                () -> await("it is dead", () -> Posts.waiting(receiver.host()) == 0));

        assertThat(list().getString("messages[0].cause")).isEqualTo("give-up");
        await(
                "it is counted",
                () -> metrics.get("posthouse.ymp.outbox.dead").gauge().value() == all());
        assertThat(Events.of("ymp.packet-dead", receiver.host()))
                .anyMatch(event -> event.path("cause").asText().equals("give-up"));
    }

    @Test
    void givesUpWhatWaitsForABlockedHost() {
        TestDatabase.change("insert into peer (host, blocked) values (?, true)", receiver.host());
        Posts.insert(receiver.host(), 2);
        TestDatabase.change(
                "update outgoing set posted = now() - interval '73 hours' where host = ?",
                receiver.host());

        await("they are dead", () -> Posts.waiting(receiver.host()) == 0);

        assertThat(list().getList("messages.id")).containsExactly("m1", "m2");
    }

    @Test
    void isForOperators() {
        YmpUnderTest.stranger().get("/admin/dead-letters").then().statusCode(401);
        YmpUnderTest.door().as("ymp-application").get("/admin/dead-letters").then().statusCode(403);
    }

    @Test
    void refusesWhatIsNoHost() {
        operator().get("/admin/dead-letters?host=127.1").then().statusCode(400);
        redrive("{\"host\": \"127.1\"}").then().statusCode(400);
        redrive("{\"seq\": [null]}").then().statusCode(400);
    }

    private static int all() {
        return Integer.parseInt(
                TestDatabase.ask("select count(*) from outgoing where dead is not null"));
    }

    private JsonPath list() {
        return operator()
                .get("/admin/dead-letters?host=" + receiver.host())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
