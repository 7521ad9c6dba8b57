package dev.posthouse.ymp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.posthouse.testing.RawHttp;
import dev.posthouse.testing.ServiceResource;
import dev.posthouse.testing.TestPki;
import dev.posthouse.testing.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.build.Jwt;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may use the local API and the operators' doors (YMP, section 9): nobody by default. */
@QuarkusTest
class LocalRolesTest {

    private static final String[] LOCAL = {"GET /inbox", "POST /messages", "POST /inbox/acks"};
    private static final String[] ADMIN = {
        "GET /admin/peers",
        "POST /admin/peers/none.example/block",
        "POST /admin/peers/none.example/unblock",
        "POST /admin/peers/none.example/revoke",
        "POST /admin/peers/none.example/drop-token",
        "GET /admin/dead-letters",
        "POST /admin/dead-letters/redrive"
    };

    private static SSLContext certificate(String path) {
        return TestPki.shared().leaf("x").uri("spiffe://posthouse.local" + path).build().context();
    }

    private static Response knock(RequestSpecification caller, String door) {
        String[] parts = door.split(" ", 2);
        boolean json = door.matches(".*(messages|acks|redrive)");
        return (json ? caller.contentType("application/json").body("{}") : caller)
                .request(parts[0], parts[1]);
    }

    private static RequestSpecification certified(String path) {
        return YmpUnderTest.door().with(certificate(path));
    }

    private static RequestSpecification bearer(String token) {
        return YmpUnderTest.stranger().header("Authorization", "Bearer " + token);
    }

    private static void assertOpen(Response answer, String door) {
        assertThat(answer.statusCode())
                .as("%s: %s", door, answer.asString())
                .isNotIn(401, 403, 404, 405, 415, 500);
    }

    @Test
    void wantsACertificateOrATokenOfEverybody() {
        for (String door : concat()) {
            knock(YmpUnderTest.stranger(), door)
                    .then()
                    .statusCode(401)
                    .header("WWW-Authenticate", equalTo("Bearer"))
                    .contentType("application/problem+json")
                    .body("code", equalTo("caller.unauthenticated"));
        }
    }

    private static List<String> concat() {
        return Stream.of(LOCAL, ADMIN).flatMap(Arrays::stream).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ymp-service", "/proxy-service", "/ymp-application/a/b", "/operator"})
    void refusesOtherCertificates(String path) {
        for (String door : concat()) {
            knock(certified(path), door)
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("caller.role"));
        }
    }

    @Test
    void keepsApplicationsAndOperatorsApart() {
        for (String door : LOCAL) {
            assertOpen(knock(certified("/ymp-application/mail"), door), door);
            assertOpen(knock(certified("/ymp-application"), door), door);
            assertOpen(knock(bearer(TestTokens.of("ymp-application", "x")), door), door);
            knock(certified("/operator/ada"), door).then().statusCode(403);
            knock(bearer(TestTokens.of("operator")), door).then().statusCode(403);
        }
        for (String door : ADMIN) {
            assertOpen(knock(certified("/operator/ada"), door), door);
            assertOpen(knock(bearer(TestTokens.of("operator")), door), door);
            knock(certified("/ymp-application"), door).then().statusCode(403);
            knock(bearer(TestTokens.of("ymp-application")), door).then().statusCode(403);
        }
    }

    @Test
    void goesByWhicheverProofIsGood() {
        knock(
                        certified("/ymp-application").header("Authorization", "Bearer nonsense"),
                        "GET /inbox")
                .then()
                .statusCode(200);
        knock(
                        certified("/proxy-service")
                                .header(
                                        "Authorization",
                                        "Bearer " + TestTokens.of("ymp-application")),
                        "GET /inbox")
                .then()
                .statusCode(200);
    }

    static List<String> bad() throws Exception {
        byte[] publicKey = Files.readAllBytes(ServiceResource.directory().resolve("jwt.pem"));
        String good = TestTokens.of("ymp-application");
        String head =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString("{\"alg\":\"none\"}".getBytes(UTF_8));
        return List.of(
                "x",
                "a.b.c",
                good + "A",
                good.substring(0, good.lastIndexOf('.') + 1),
                head + good.substring(good.indexOf('.'), good.lastIndexOf('.') + 1),
                TestTokens.sign(
                        TestTokens.claims("ymp-application"),
                        TestPki.shared().leaf("x").build().key()),
                TestTokens.sign(
                        TestTokens.claims("ymp-application").issuer("https://other.example"),
                        TestTokens.key()),
                TestTokens.sign(
                        TestTokens.claims("ymp-application").expiresIn(Duration.ofHours(-1)),
                        TestTokens.key()),
                Jwt.issuer(TestTokens.ISSUER)
                        .subject("x")
                        .groups(Set.of("ymp-application"))
                        .signWithSecret(HexFormat.of().formatHex(publicKey)));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refusesATokenThatIsNotGood(String token) {
        for (String door : new String[] {"GET /inbox", "POST /messages", "GET /admin/peers"}) {
            knock(bearer(token), door)
                    .then()
                    .statusCode(401)
                    .header("WWW-Authenticate", equalTo("Bearer error=\"invalid_token\""))
                    .body("code", equalTo("caller.token"));
        }
    }

    @Test
    void needsNoBodyWhereThereIsNothingToSay() {
        for (String headers : new String[] {"", "Content-Length: 0\r\n", "Accept: */*\r\n"}) {
            try (RawHttp connection =
                    RawHttp.connect(YmpUnderTest.door().url(), certificate("/operator/ada"))) {
                String answer =
                        connection
                                .send("POST /admin/peers/none.example/unblock HTTP/1.1\r\n")
                                .send("Host: x\r\nConnection: close\r\n" + headers + "\r\n")
                                .answer();

                assertThat(answer).startsWith("HTTP/1.1 204 ");
            }
        }
    }
}
