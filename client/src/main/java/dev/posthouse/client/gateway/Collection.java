package dev.posthouse.client.gateway;

import dev.posthouse.client.failure.ClientException.Refused;
import dev.posthouse.client.failure.ClientException.WrongAnswer;
import dev.posthouse.client.https.Answer;
import dev.posthouse.client.https.Answer.Final;
import dev.posthouse.client.https.Answer.Good;
import dev.posthouse.client.https.Answer.Later;
import dev.posthouse.client.https.Talk;
import dev.posthouse.client.node.CmsSignature;
import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.client.node.TaggedFields;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;

/**
 * Takes what waits for a private gateway's endpoints (RS-016). A parcel is acknowledged when its
 * taker has returned, and deleted there then: it must be safe by that time. What was taken but not
 * acknowledged comes again, so a taker may meet a parcel twice.
 */
public final class Collection {

    private static final int NORMAL_CLOSURE = 1000;
    private static final int UNACCEPTABLE = 1003;
    private static final int VIOLATION = 1008;
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final byte[] NOTHING = {};

    private final PoWebClient client;
    private final NodeIdentity gateway;
    private int left;
    private boolean done;

    /** When a collection ends. */
    public enum Mode {
        /** When nothing waits. */
        UNTIL_EMPTY("close-upon-completion"),
        /** Not by itself: what comes is taken as it comes. */
        FOLLOW("keep-alive");

        private final String word;

        Mode(String word) {
            this.word = word;
        }
    }

    /** Keeps parcels. */
    @FunctionalInterface
    public interface Taker {

        /** Returns when the parcel is safe. */
        void take(byte[] parcel);
    }

    Collection(PoWebClient client, NodeIdentity gateway) {
        this.client = client;
        this.gateway = gateway;
    }

    /** Collects so many at most. */
    public void collect(Mode mode, int most, Taker taker) {
        left = most;
        done = false;
        Map<String, String> headers = Map.of(PoWeb.STREAMING_MODE, mode.word);
        while (!done) {
            client.settled(() ->
                    client.api().talk(PoWeb.COLLECTION, headers, talk -> talk(talk, mode, taker)));
        }
    }

    /** A line that was of use may break: then the next one is opened at once, with new patience. */
    private Answer talk(Talk talk, Mode mode, Taker taker) throws IOException {
        Instant begin = client.clock().instant();
        int before = left;
        try {
            if (introduce(talk)) {
                take(talk, taker);
            }
            done = done || (mode == Mode.UNTIL_EMPTY && talk.closeCode() == NORMAL_CLOSURE);
            return done || (wasOfUse(before, begin) && !isRefusal(talk.closeCode()))
                    ? new Good(NOTHING)
                    : closed(talk.closeCode());
        } catch (IOException broken) {
            if (wasOfUse(before, begin)) {
                return new Good(NOTHING);
            }
            throw broken;
        }
    }

    private boolean wasOfUse(int before, Instant begin) {
        return left < before || begin.plus(LONG).isBefore(client.clock().instant());
    }

    private boolean introduce(Talk talk) throws IOException {
        Optional<byte[]> challenge = talk.next();
        if (challenge.isPresent()) {
            DEROctetString nonce = new DEROctetString(read(challenge.get()).octets(0));
            byte[] countersigned = TaggedFields.encode(PoWeb.PARCEL_COLLECTION, nonce);
            byte[] signature = new CmsSignature(gateway).detached(countersigned);
            talk.send(TaggedFields.encode(new DERSequence(new DEROctetString(signature))));
        }
        return challenge.isPresent();
    }

    private void take(Talk talk, Taker taker) throws IOException {
        Optional<byte[]> next = talk.next();
        while (next.isPresent()) {
            TaggedFields delivery = read(next.get());
            String id = delivery.text(0);
            taker.take(delivery.octets(1));
            talk.send(id);
            left--;
            if (left == 0) {
                end(talk);
                return;
            }
            next = talk.next();
        }
    }

    /** Waits for the server's farewell: to hang up first could lose the acknowledgements. */
    private void end(Talk talk) {
        done = true;
        try {
            talk.end();
            while (talk.next().isPresent()) {
                // On its way before the server knew; it comes again.
            }
        } catch (IOException gone) {
            // All that matters has been sent.
        }
    }

    private static boolean isRefusal(int code) {
        return code == UNACCEPTABLE || code == VIOLATION;
    }

    private static Answer closed(int code) {
        return isRefusal(code)
                ? new Final(
                        new Refused(
                                code,
                                "websocket." + code,
                                "the gateway does not take this registration"))
                : new Later("the gateway closed (" + code + ")", Duration.ZERO, null);
    }

    private static TaggedFields read(byte[] message) {
        try {
            TaggedFields fields = TaggedFields.read(message);
            var _ = fields.octets(fields.size() - 1);
            return fields;
        } catch (IllegalArgumentException e) {
            throw new WrongAnswer("the gateway's message cannot be read", e);
        }
    }
}
