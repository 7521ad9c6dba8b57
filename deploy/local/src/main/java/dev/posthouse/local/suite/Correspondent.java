package dev.posthouse.local.suite;

import dev.posthouse.client.https.JsonApi;
import dev.posthouse.client.https.OwnIdentity;
import dev.posthouse.client.https.Patience;
import dev.posthouse.client.https.RetryPolicy;
import dev.posthouse.client.https.Trust;
import dev.posthouse.client.ymp.MessageClient;
import dev.posthouse.client.ymp.NewMessage;
import dev.posthouse.client.ymp.NewMessage.Sender;
import dev.posthouse.client.ymp.Received;
import dev.posthouse.client.ymp.Wanted;
import dev.posthouse.client.ymp.YmpCalls;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** An application at one of the suite's YMP hosts. */
final class Correspondent implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Wanted SOME = new Wanted(100, Duration.ofSeconds(5), null, null);
    private static final String NAME = "chat";

    private final String host;
    private final YmpCalls calls;
    private final MessageClient messages;

    Correspondent(ServiceProcess ymp, DevelopmentPki pki) {
        Clock clock = Clock.systemUTC();
        OwnIdentity application =
                OwnIdentity.read(pki.certificate("application"), pki.key("application"));
        this.host = ymp.url().getAuthority();
        this.calls =
                new YmpCalls(
                        new JsonApi(ymp.url(), Trust.read(pki.trustAnchor()), application, clock),
                        new Patience(
                                new RetryPolicy(RandomGenerator.getDefault()),
                                clock,
                                (length, why) -> Thread.sleep(length)),
                        clock,
                        PATIENCE);
        this.messages = new MessageClient(calls);
    }

    void send(Correspondent to, String payload) {
        messages.send(
                new NewMessage(
                        to.host,
                        NAME,
                        NAME,
                        "say",
                        new Sender(NAME, NAME),
                        UUID.randomUUID().toString(),
                        null,
                        payload));
    }

    /** Takes what has come, after a moment if there is nothing yet. */
    int take() {
        List<Received> some = messages.inbox(SOME);
        messages.acknowledge(some);
        return some.size();
    }

    @Override
    public void close() {
        calls.close();
    }
}
