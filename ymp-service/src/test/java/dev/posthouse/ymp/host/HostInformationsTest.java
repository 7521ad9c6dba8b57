package dev.posthouse.ymp.host;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.posthouse.common.call.CallLimits;
import dev.posthouse.common.call.CallTls;
import dev.posthouse.common.call.StrangerClient;
import dev.posthouse.common.guard.HostName;
import dev.posthouse.common.guard.Resolver;
import dev.posthouse.common.guard.StrangerGuard;
import dev.posthouse.testing.FakeClock;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.ymp.FakePeer;
import dev.posthouse.ymp.Guards;
import dev.posthouse.ymp.TestSettings;
import dev.posthouse.ymp.YmpConfig;
import dev.posthouse.ymp.peer.Peers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How other hosts are asked what they are (YMP, section 2). */
@QuarkusTest
class HostInformationsTest {

    private static final String WELL_KNOWN = "/.well-known/ymp";
    private static final String SHORT = "/.ymp";
    private static final HostInformation SAID =
            new HostInformation("/request", "/grant", "/packet");

    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-22T19:00:00Z"));
    private final YmpConfig settings = TestSettings.with(Map.of());

    @Inject PeerCalls calls;
    @Inject Peers peers;
    @Inject Guards guards;
    @Inject StrangerClient client;
    @Inject Vertx vertx;

    private FakePeer peer;
    private HostName host;
    private HostInformations informations;

    @BeforeEach
    void start() {
        peer = new FakePeer("fay");
        host = HostName.parse(peer.host());
        informations = instance();
        TestDatabase.change("delete from peer where host = ?", host.text());
    }

    @AfterEach
    void stop() {
        peer.close();
    }

    private HostInformations instance() {
        return instance(calls, new Pauses(settings, clock));
    }

    private HostInformations instance(PeerCalls by, Pauses pauses) {
        return new HostInformations(
                new KnownHosts(peers, clock), new LookUpHost(settings), pauses, by);
    }

    @Test
    void asksAtTheOnePlaceAndRemembers() {
        assertThat(informations.of(host, calls)).isEqualTo(SAID);
        assertThat(informations.ofNamed(host)).isEqualTo(SAID);

        assertThat(peer.next(WELL_KNOWN).method()).isEqualTo("GET");
        assertThat(peer.others(WELL_KNOWN)).isEmpty();
        assertThat(peer.others(SHORT)).isEmpty();
    }

    @Test
    void asksAtTheOtherPlaceWhenThereIsNothingAtTheFirst() {
        peer.answer(WELL_KNOWN, 404, "");
        peer.answer(SHORT, 200, HostInformationTest.DOCUMENT.replace("/grant", "/here"));

        assertThat(informations.of(host, calls).grantPath()).isEqualTo("/here");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 206, 301, 302, 307, 308, 400, 401, 403, 410, 500, 503})
    void takesOnlyA200AndAsksNobodyElse(int status) {
        peer.answer(
                WELL_KNOWN,
                (request, body) ->
                        request.response()
                                .setStatusCode(status)
                                .putHeader("Location", "https://" + peer.host() + SHORT)
                                .end());

        assertThat(refusal()).isEqualTo("information.status");
        assertThat(peer.others(SHORT)).isEmpty();
    }

    @Test
    void takesOnlyA200AtTheOtherPlaceToo() {
        peer.answer(WELL_KNOWN, 404, "");
        peer.answer(SHORT, 404, "");

        assertThat(refusal()).isEqualTo("information.status");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json                | taken",
                "Application/JSON; charset=utf-8 | taken",
                "text/html                       | information.type",
                "text/plain                      | information.type",
                "application/octet-stream        | information.type",
                "application/jsonp               | information.type",
                "''                              | information.type"
            })
    void looksAtTheMediaType(String type, String outcome) {
        peer.answer(
                WELL_KNOWN,
                (request, body) ->
                        request.response()
                                .putHeader("Content-Type", type)
                                .end(HostInformationTest.DOCUMENT));

        assertThat(outcome()).isEqualTo(outcome);
    }

    @Test
    void takes64KiBAndNoMore() {
        String document = HostInformationTest.DOCUMENT;
        String most = document + " ".repeat(65_536 - document.length());
        peer.answer(WELL_KNOWN, 200, most + " ");
        assertThat(refusal()).isEqualTo("information.size");

        peer.answer(WELL_KNOWN, 200, most);
        assertThat(informations.of(host, calls)).isEqualTo(SAID);
    }

    @Test
    void saysWhyTheHostCannotBeCalled() {
        peer.close();
        assertThat(refusal()).isEqualTo("call.connect");
        host = HostName.parse("localhost");
        assertThat(refusal()).isEqualTo("host.unlisted");
        host = HostName.parse("a.example:8443");
        assertThat(refusal()).isEqualTo("host.port");
        peer = new FakePeer("fay");
    }

    @Test
    void countsAsLongAsItSays() {
        peer.answer(
                WELL_KNOWN,
                (request, body) ->
                        request.response()
                                .putHeader("Cache-Control", "max-age=600")
                                .end(HostInformationTest.DOCUMENT));
        informations.of(host, calls);
        peer.next(WELL_KNOWN);

        clock.advance(Duration.ofSeconds(599));
        informations.of(host, calls);
        assertThat(peer.others(WELL_KNOWN)).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        informations.of(host, calls);
        assertThat(peer.others(WELL_KNOWN)).hasSize(1);
    }

    @Test
    void countsAnHourWhenItDoesNotSay() {
        informations.of(host, calls);
        peer.next(WELL_KNOWN);

        clock.advance(Duration.ofMinutes(59));
        informations.of(host, calls);
        assertThat(peer.others(WELL_KNOWN)).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        informations.of(host, calls);
        assertThat(peer.others(WELL_KNOWN)).hasSize(1);
    }

    @Test
    void sharesWhatHostsWeSendToHaveSaid() {
        know();
        informations.of(host, calls);
        peer.next(WELL_KNOWN);

        assertThat(instance().of(host, calls)).isEqualTo(SAID);
        assertThat(peer.others(WELL_KNOWN)).isEmpty();
        clock.advance(Duration.ofHours(1));
        assertThat(instance().of(host, calls)).isEqualTo(SAID);
        assertThat(peer.others(WELL_KNOWN)).hasSize(1);
    }

    @Test
    void asksAgainWhenWhatIsKeptCannotBeRead() {
        know();
        informations.of(host, calls);
        TestDatabase.change("update peer set info = '{}' where host = ?", host.text());

        assertThat(instance().of(host, calls)).isEqualTo(SAID);
    }

    @Test
    void strangersLeaveNoRow() {
        informations.ofNamed(host);
        peer.answer(WELL_KNOWN, 500, "");
        informations.forget(host);
        refusal();

        assertThat(TestDatabase.ask("select count(*) from peer where host = ?", host.text()))
                .isEqualTo("0");
    }

    @Test
    void forgetsWhatHasTurnedOutWrong() {
        know();
        informations.of(host, calls);
        peer.answer(WELL_KNOWN, 200, HostInformationTest.DOCUMENT.replace("/grant", "/moved"));

        informations.forget(host);

        assertThat(informations.of(host, calls).grantPath()).isEqualTo("/moved");
        assertThat(instance().of(host, calls).grantPath()).isEqualTo("/moved");
    }

    @Test
    void asksOnceForAllWhoWaitForIt() throws Exception {
        peer.answer(
                WELL_KNOWN,
                (request, body) ->
                        Vertx.currentContext()
                                .owner()
                                .setTimer(
                                        300,
                                        late ->
                                                request.response()
                                                        .end(HostInformationTest.DOCUMENT)));
        Callable<HostInformation> ask = () -> informations.of(host, calls);
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HostInformation>> all = many.invokeAll(Collections.nCopies(50, ask));

            assertThat(all).allMatch(one -> SAID.equals(one.resultNow()));
        }
        assertThat(peer.others(WELL_KNOWN)).hasSize(1);
    }

    /** It is its own job that has ended, say, while the same host is another's. */
    @Test
    void asksItselfWhenWhoeverAskedWasPrevented() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch prevented = new CountDownLatch(1);
        PeerCalls lost =
                calls.after(() -> {
                    asked.countDown();
                    until(prevented);
                    throw new Prevented();
                });
        FutureTask<HostInformation> first = new FutureTask<>(() -> informations.of(host, lost));
        FutureTask<HostInformation> second = new FutureTask<>(() -> informations.of(host, calls));
        Thread.ofPlatform().start(first);
        assertThat(asked.await(15, TimeUnit.SECONDS)).isTrue();
        Thread waiting = Thread.ofPlatform().start(second);
        await("it waits for the first", () -> isWaiting(waiting));

        prevented.countDown();

        assertThat(second.get(15, TimeUnit.SECONDS)).isEqualTo(SAID);
        assertThatThrownBy(first::get).hasCauseInstanceOf(Prevented.class);
    }

    private static boolean isWaiting(Thread caller) {
        return Stream.of(caller.getStackTrace())
                .anyMatch(frame ->
                        frame.getClassName().equals(CompletableFuture.class.getName())
                                && frame.getMethodName().equals("join"));
    }

    private static final class Prevented extends CallPrevented {

        private static final long serialVersionUID = 1L;

        Prevented() {
            super("the test");
        }
    }

    /** Strangers may name it too, and a thousand hosts whose names nobody answers for. */
    @Test
    void asksAHostWeSendToWhateverStrangersHaveUsLookUp() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        Resolver silent =
                name -> {
                    asked.countDown();
                    until(answered);
                    return Resolver.system().resolve(name);
                };
        PeerCalls apart = calls(new Guards(guard(Resolver.system()), guard(silent)), client);
        HostInformations busy = instance(apart, new Pauses(settings, clock));
        Thread stranger = Thread.ofVirtual().start(() -> busy.ofNamed(host));
        assertThat(asked.await(15, TimeUnit.SECONDS)).isTrue();

        assertThat(busy.of(host, apart)).isEqualTo(SAID);

        assertThat(stranger.isAlive()).isTrue();
        answered.countDown();
        stranger.join();
        assertThat(guards.ours()).isNotSameAs(guards.named());
    }

    private StrangerGuard guard(Resolver resolver) {
        return new StrangerGuard(Set.of(host), port -> false, resolver, Duration.ofSeconds(20));
    }

    private static void until(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void leavesANamedHostAloneAfterAFailureButNotOneWeSendTo() {
        peer.answer(WELL_KNOWN, 500, "");
        assertThat(refusalOfNamed()).isEqualTo("information.status");
        peer.next(WELL_KNOWN);

        assertThat(refusalOfNamed()).isEqualTo("information.paused");
        assertThat(peer.others(WELL_KNOWN)).isEmpty();
        assertThat(refusal()).isEqualTo("information.status");
        assertThat(peer.others(WELL_KNOWN)).hasSize(1);
    }

    @Test
    void asksANamedHostAgainAfterThePause() {
        peer.answer(WELL_KNOWN, 500, "");
        refusalOfNamed();
        peer.answer(WELL_KNOWN, 200, HostInformationTest.DOCUMENT);

        clock.advance(Duration.ofMinutes(1));

        assertThat(informations.ofNamed(host)).isEqualTo(SAID);
    }

    @Test
    void aSuccessOfASenderEndsThePause() {
        peer.answer(WELL_KNOWN, 500, "");
        refusalOfNamed();
        peer.answer(WELL_KNOWN, 200, HostInformationTest.DOCUMENT);
        informations.of(host, calls);
        informations.forget(host);

        assertThat(informations.ofNamed(host)).isEqualTo(SAID);
    }

    @Test
    void ourShuttingDownIsNoFailureOfTheHost() {
        Pauses pauses = new Pauses(settings, clock);
        HostInformations ending = instance(closed(), pauses);

        NoInformation none = catchThrowableOfType(NoInformation.class, () -> ending.ofNamed(host));

        assertThat(none.code()).isEqualTo("call.closed");
        assertThat(none.isOurEnd()).isTrue();
        assertThat(pauses.isPaused(host)).isFalse();
    }

    private PeerCalls closed() {
        StrangerClient over =
                new StrangerClient(vertx, CallTls.trusting(List.of()), CallLimits.YMP);
        over.close();
        return calls(guards, over);
    }

    private PeerCalls calls(Guards before, StrangerClient by) {
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        return new PeerCalls(before, by, new ClockSkew(clock, metrics), metrics);
    }

    private void know() {
        QuarkusTransaction.requiringNew().run(() -> peers.mayAsk(host, clock.instant()));
    }

    private String outcome() {
        try {
            informations.of(host, calls);
            return "taken";
        } catch (NoInformation none) {
            return none.code();
        }
    }

    private String refusal() {
        return catchThrowableOfType(NoInformation.class, () -> informations.of(host, calls)).code();
    }

    private String refusalOfNamed() {
        return catchThrowableOfType(NoInformation.class, () -> informations.ofNamed(host)).code();
    }
}
