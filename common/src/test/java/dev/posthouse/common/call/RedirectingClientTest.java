package dev.posthouse.common.call;

import static dev.posthouse.common.call.Calling.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.posthouse.common.call.CallFailed.Reason;
import dev.posthouse.common.guard.HostName;
import dev.posthouse.common.guard.StrangerGuard;
import dev.posthouse.common.guard.UncallableHost;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PoHTTP, section 9, redirects: hosts that send us elsewhere. */
final class RedirectingClientTest {

    private static final byte[] BODY = {0, 1, -1};
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Calling calling = new Calling();
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private final GoodHost host =
            new GoodHost(calling.vertx, calling.named(NAME)).listen(this::take);
    private final GoodHost other =
            new GoodHost(calling.vertx, calling.named(NAME)).listen(this::takeElsewhere);

    @AfterEach
    void end() {
        calling.close();
    }

    /** {@code /3/308}: so many redirects still, of that status; {@code /202}: that answer. */
    private void take(HttpServerRequest request) {
        request.body()
                .onSuccess(body -> {
                    seen.add(request.method() + " " + request.uri() + " " + body.length());
                    String[] steps = request.path().split("/", -1);
                    if (steps.length < 3 || steps[1].equals("0")) {
                        request.response().setStatusCode(202).end();
                        return;
                    }
                    int left = Integer.parseInt(steps[1]) - 1;
                    request.response()
                            .setStatusCode(Integer.parseInt(steps[2]))
                            .putHeader("Location", "/" + left + "/" + steps[2])
                            .end();
                });
    }

    private String location = "";

    private void takeElsewhere(HttpServerRequest request) {
        request.response().setStatusCode(308);
        if (!location.isEmpty()) {
            request.response().putHeader("Location", location);
        }
        request.response().end();
    }

    private Answer post(int port, String path, HostName... redirects) {
        StrangerGuard first = guard(new HostName(NAME, port));
        RedirectingClient client = new RedirectingClient(calling.client(), guard(redirects));
        return client.post(
                new RedirectingClient.Post(
                        CallUrl.parse("https://" + NAME + ":" + port + path),
                        Map.of("Content-Type", "application/x"),
                        BODY,
                        PATIENCE),
                first);
    }

    private static StrangerGuard guard(HostName... listed) {
        return new StrangerGuard(
                Stream.of(listed).collect(Collectors.toSet()),
                port -> true,
                name -> List.of(InetAddress.ofLiteral("127.0.0.1")),
                Duration.ofSeconds(1));
    }

    private void leadsNowhere(int port, String path, HostName... redirects) {
        assertThatExceptionOfType(CallFailed.class)
                .isThrownBy(() -> post(port, path, redirects))
                .extracting(CallFailed::reason)
                .isEqualTo(Reason.REDIRECT);
    }

    @ParameterizedTest
    @CsvSource({"0, 307", "1, 307", "1, 308", "2, 308", "3, 307", "3, 308"})
    void repeatsThePostUpToThreeTimes(int redirects, int status) {
        Answer answer =
                post(host.port(), "/" + redirects + "/" + status, new HostName(NAME, host.port()));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(seen).hasSize(redirects + 1).allMatch(line -> line.matches("POST .* 3"));
        assertThat(host.requests)
                .allMatch(request -> "application/x".equals(request.getHeader("Content-Type")));
        assertThat(host.connections).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {307, 308})
    void goesNoFurtherThanThree(int status) {
        leadsNowhere(host.port(), "/4/" + status, new HostName(NAME, host.port()));

        assertThat(seen).hasSize(4);
    }

    @Test
    void goesRoundNoLoop() {
        location = "https://" + NAME + ":" + other.port() + "/";

        leadsNowhere(other.port(), "/", new HostName(NAME, other.port()));

        assertThat(other.requests).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 304})
    void followsNoOther(int status) {
        assertThat(post(host.port(), "/1/" + status, new HostName(NAME, host.port())).status())
                .isEqualTo(status);
        assertThat(seen).hasSize(1);
    }

    @Test
    void goesNowhereWithoutALocation() {
        leadsNowhere(other.port(), "/", new HostName(NAME, other.port()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x.example/", "https://a:b@x.example/", "https://127.1/", "%"})
    void goesNowhereForWhatIsNoUrl(String text) {
        location = text;

        leadsNowhere(other.port(), "/", new HostName(NAME, other.port()));
    }

    @Test
    void goesToAnotherHost() {
        location = "https://" + NAME + ":" + host.port() + "/0/0";

        assertThat(post(other.port(), "/", new HostName(NAME, host.port())).status())
                .isEqualTo(202);
        assertThat(seen).containsExactly("POST /0/0 3");
    }

    /** That the first host may be called says nothing of where it sends us. */
    @Test
    void asksTheGuardAboutEveryTarget() {
        location = "https://" + NAME + ":" + other.port() + "/";
        leadsNowhere(other.port(), "/");
        assertThat(other.requests).hasSize(1);

        location = "https://127.0.0.1:" + host.port() + "/";
        leadsNowhere(other.port(), "/");
        location = "https://localhost:" + host.port() + "/";
        leadsNowhere(other.port(), "/");
        assertThat(host.connections).hasValue(0);
    }

    @Test
    void doesNotCallAFirstHostThatMayNotBeCalled() {
        RedirectingClient client = new RedirectingClient(calling.client(), guard());

        assertThatExceptionOfType(UncallableHost.class)
                .isThrownBy(() ->
                        client.post(
                                new RedirectingClient.Post(
                                        CallUrl.parse("https://localhost:" + host.port() + "/"),
                                        Map.of(),
                                        BODY,
                                        PATIENCE),
                                guard()));
    }

    @Test
    void goesToPlainHttpOnThisMachineAtOnce() {
        HttpServer plain =
                calling.vertx
                        .createHttpServer()
                        .requestHandler(request -> request.response().setStatusCode(202).end())
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
        location = "http://localhost:" + plain.actualPort() + "/";

        assertThat(post(other.port(), "/", new HostName("localhost", plain.actualPort())).status())
                .isEqualTo(202);
        leadsNowhere(other.port(), "/");
    }

    /** A downgrade: the name is a stranger's, whatever it may be in a list. */
    @Test
    void goesToPlainHttpNowhereElse() {
        location = "http://stranger.example:" + host.port() + "/";
        StrangerGuard elsewhere =
                new StrangerGuard(
                        Set.of(),
                        port -> true,
                        name -> List.of(InetAddress.ofLiteral("192.0.43.8")),
                        Duration.ofSeconds(1));
        RedirectingClient client = new RedirectingClient(calling.client(), elsewhere);

        assertThatExceptionOfType(CallFailed.class)
                .isThrownBy(() ->
                        client.post(
                                new RedirectingClient.Post(
                                        CallUrl.parse("https://" + NAME + ":" + other.port() + "/"),
                                        Map.of(),
                                        BODY,
                                        PATIENCE),
                                guard(new HostName(NAME, other.port()))))
                .extracting(CallFailed::reason)
                .isEqualTo(Reason.TLS);
    }

    @Test
    void endsAllOfItInTime() {
        location = "/again";
        GoodHost slow =
                new GoodHost(calling.vertx, calling.named(NAME))
                        .listen(request ->
                                calling.vertx.setTimer(700, ignored -> takeElsewhere(request)));
        RedirectingClient client =
                new RedirectingClient(calling.client(), guard(new HostName(NAME, slow.port())));
        post(host.port(), "/0/0");
        long begun = System.nanoTime();

        assertThatExceptionOfType(CallFailed.class)
                .isThrownBy(() ->
                        client.post(
                                new RedirectingClient.Post(
                                        CallUrl.parse("https://" + NAME + ":" + slow.port() + "/"),
                                        Map.of(),
                                        BODY,
                                        Duration.ofMillis(1_500)),
                                guard(new HostName(NAME, slow.port()))))
                .extracting(CallFailed::reason)
                .isEqualTo(Reason.TIMEOUT);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofMillis(1_400), Duration.ofMillis(2_500));
    }
}
