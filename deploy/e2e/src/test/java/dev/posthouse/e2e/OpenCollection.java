package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.client.https.Answer;
import dev.posthouse.client.https.OctetsApi;
import dev.posthouse.client.https.Talk;
import dev.posthouse.client.https.Trust;
import dev.posthouse.client.node.CmsSignature;
import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.client.node.TaggedFields;
import dev.posthouse.client.parcel.ReceivedParcel;
import dev.posthouse.local.suite.ServiceProcess;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;

/** A WebSocket on which a private gateway collects, step by step (PoHTTP, section 11.1). */
final class OpenCollection implements AutoCloseable {

    private static final String PATH = "/v1/parcel-collection";
    private static final Map<String, String> STAY =
            Map.of("X-Relaynet-Streaming-Mode", "keep-alive");
    private static final ASN1ObjectIdentifier COUNTERSIGNED =
            new ASN1ObjectIdentifier("1.3.6.1.4.1.58708.0.3.1");

    private final OctetsApi api;
    private final CompletableFuture<Talk> line = new CompletableFuture<>();
    private final CountDownLatch over = new CountDownLatch(1);

    /**
     * A parcel that has come.
     *
     * @param id by which it is acknowledged
     * @param parcel its own
     */
    record Delivery(String id, String parcel) {

        static Delivery read(byte[] message) {
            TaggedFields fields = TaggedFields.read(message);
            return new Delivery(
                    fields.text(0), ReceivedParcel.read(fields.octets(1)).content().id());
        }
    }

    private OpenCollection(OctetsApi api) {
        this.api = api;
    }

    /** Connects and says who collects. */
    static OpenCollection at(ServiceProcess relay, PrivateGateway gateway, Running suite)
            throws IOException {
        Trust trust = Trust.read(suite.pki().trustAnchor());
        OpenCollection collection =
                new OpenCollection(new OctetsApi(relay.url(), trust, Clock.systemUTC()));
        Thread.ofVirtual().name("collection").start(collection::hold);
        collection.introduce(gateway.node());
        return collection;
    }

    private void hold() {
        Answer end = api.talk(PATH, STAY, this::hold);
        line.completeExceptionally(new IOException("there is no line: " + end));
    }

    private Answer hold(Talk talk) throws IOException {
        line.complete(talk);
        try {
            over.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return new Answer.Good(new byte[0]);
    }

    private void introduce(NodeIdentity node) throws IOException {
        line.join().send(answer(line.join().next().orElseThrow(), node));
    }

    /** What shows that it is that gateway which collects. */
    static byte[] answer(byte[] challenge, NodeIdentity node) {
        byte[] nonce = TaggedFields.read(challenge).octets(0);
        byte[] countersigned = TaggedFields.encode(COUNTERSIGNED, new DEROctetString(nonce));
        byte[] signature = new CmsSignature(node).detached(countersigned);
        return TaggedFields.encode(new DERSequence(new DEROctetString(signature)));
    }

    /** The next that comes. */
    Delivery next() throws IOException {
        return Delivery.read(line.join().next().orElseThrow());
    }

    /** So many. */
    List<Delivery> next(int count) throws IOException {
        List<Delivery> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(next());
        }
        return some;
    }

    void acknowledge(Delivery delivery) throws IOException {
        line.join().send(delivery.id());
    }

    /** With what the relay closes, which says nothing else before that. */
    int closeCode() throws IOException {
        assertThat(line.join().next()).isEmpty();
        return line.join().closeCode();
    }

    @Override
    public void close() {
        over.countDown();
        api.close();
    }
}
