package dev.posthouse.ymp.granting;

import static dev.posthouse.testing.Await.await;
import static org.hamcrest.Matchers.equalTo;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.testing.TestPostgres;
import dev.posthouse.ymp.MovedClock;
import dev.posthouse.ymp.YmpUnderTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PacketTokenTest {

    private static final String EMPTY = "{\"packet\": {\"messages\": []}}";

    @Inject GrantedTokens tokens;
    @Inject MovedClock clock;

    private final HostName host = HostName.parse(UUID.randomUUID() + ".example");

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER  "})
    void letsTheHolderOfATokenIn(String scheme) {
        post(call().header("Authorization", scheme + granted().value())).then().statusCode(204);
    }

    @Test
    void asksForATokenWhereThereIsNone() {
        isMissing(post(call()));
        isMissing(post(call().header("Authorization", "Basic YTpi")));
        isMissing(post(call().header("Authorization", "Bearerx " + granted().value())));
    }

    @Test
    void looksForTheTokenNowhereElse() {
        Token token = granted();

        isMissing(post(call().queryParam("access_token", token.value())));
        isMissing(
                call().contentType("application/x-www-form-urlencoded")
                        .body("access_token=" + token.value())
                        .post("/packet"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer unknown",
                "Bearer a b",
                "Bearer a,b",
                "Bearer \"a\"",
                "Bearer =a",
                "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.",
            })
    void refusesWhatIsNoTokenOfOurs(String authorization) {
        isInvalid(post(call().header("Authorization", authorization)));
    }

    @Test
    void refusesTokensThatAreTooLong() {
        isInvalid(post(call().header("Authorization", "Bearer " + "a".repeat(4096))));
        isInvalid(post(call().header("Authorization", "Bearer " + "a".repeat(4097))));
    }

    @Test
    void refusesTwoOfThem() {
        String good = "Bearer " + granted().value();
        isInvalid(post(call().header("Authorization", good, good)));
    }

    @Test
    void refusesExpiredAndRevokedTokens() {
        Token token = granted();
        String bearer = "Bearer " + token.value();

        clock.during(
                Duration.ofHours(1), () -> isInvalid(post(call().header("Authorization", bearer))));
        post(call().header("Authorization", bearer)).then().statusCode(204);
        tokens.revokeAll(host);
        isInvalid(post(call().header("Authorization", bearer)));
    }

    @Test
    void refusesABlockedHost() {
        Token token = granted();
        TestDatabase.change("insert into peer (host, blocked) values (?, true)", host.text());

        post(call().header("Authorization", "Bearer " + token.value()))
                .then()
                .statusCode(403)
                .body("code", equalTo("host.forbidden"));
    }

    @Test
    void saysSoWithoutTheDatabase() {
        String bearer = "Bearer " + granted().value();
        TestPostgres.stop();
        try {
            post(call().header("Authorization", bearer))
                    .then()
                    .statusCode(503)
                    .body("code", equalTo("dependency.database"));
        } finally {
            TestPostgres.start();
        }
        await(
                "it is let in again",
                () -> post(call().header("Authorization", bearer)).statusCode() == 204);
    }

    private Token granted() {
        Token token = Token.fresh();
        Instant expires = clock.instant().plus(Duration.ofHours(1));
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    tokens.add(host, token, expires);
                    tokens.keep(host, token, expires);
                });
        return token;
    }

    private static RequestSpecification call() {
        return YmpUnderTest.stranger().contentType("application/json");
    }

    private static Response post(RequestSpecification call) {
        return call.body(EMPTY).post("/packet");
    }

    private static void isMissing(Response answer) {
        answer.then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .body("code", equalTo("token.missing"));
    }

    private static void isInvalid(Response answer) {
        answer.then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer error=\"invalid_token\"")
                .body("code", equalTo("token.invalid"));
    }
}
