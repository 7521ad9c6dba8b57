package dev.posthouse.relay.collection;

import dev.posthouse.common.database.DatabaseAway;
import dev.posthouse.relay.parcel.Waiting;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * One WebSocket of a private gateway (PoHTTP, section 11.1): what happens on it is told to its
 * {@link Conversation}, and what that says is done. All of it runs on the socket's event loop; what
 * waits for the database runs beside it and comes back.
 */
final class Connection {

    private static final Logger LOG = Logger.getLogger(Connection.class);
    private static final Duration PING = Duration.ofSeconds(5);
    private static final Duration MOST_SILENCE = Duration.ofSeconds(9);
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);
    private static final int NOT_WANTING = -1;

    /** The first of all timers, somebody else's, has the number 0. */
    private static final long NO_TIMER = -1;

    private final ServerWebSocket socket;
    private final Beneath beneath;
    private final Backstage backstage;
    private final Challenge challenge;
    private final Conversation conversation;
    private final Context loop;
    private final Messages messages = new Messages();
    private Optional<Collector> collector = Optional.empty();
    private Optional<Transmission> transmission = Optional.empty();
    private long pings = NO_TIMER;
    private long silence = NO_TIMER;
    private long handshake = NO_TIMER;
    private long certificateEnd = NO_TIMER;

    /** Read by others: how many waiting parcels are known here, where more would be welcome. */
    private volatile int wanting = NOT_WANTING;

    /** Read by others: whether parcels are held here that have not been sent. */
    private volatile boolean holding;

    /**
     * What the socket came in by.
     *
     * @param cut ends it without another word
     * @param ended told when it has ended
     */
    record Beneath(Runnable cut, Runnable ended) {}

    /** A socket whose conversation begins. */
    Connection(
            ServerWebSocket socket,
            Beneath beneath,
            Backstage backstage,
            Challenge challenge,
            Conversation conversation) {
        this.socket = socket;
        this.beneath = beneath;
        this.backstage = backstage;
        this.challenge = challenge;
        this.conversation = conversation;
        this.loop = backstage.vertx().getOrCreateContext();
    }

    void begin() {
        if (socket.isClosed()) {
            beneath.ended().run();
            return;
        }
        socket.frameHandler(this::take);
        socket.pongHandler(pong -> listen());
        socket.drainHandler(room -> goOn());
        socket.exceptionHandler(gone -> {});
        socket.closeHandler(closed -> end());
        pings = backstage.vertx().setPeriodic(PING.toMillis(), due -> ping());
        handshake =
                backstage
                        .vertx()
                        .setTimer(HANDSHAKE.toMillis(), late -> perform(conversation.late()));
        listen();
        backstage.connections().add(this);
        perform(conversation.begin());
    }

    private void ping() {
        if (!socket.isClosed()) {
            socket.writePing(Buffer.buffer());
        }
    }

    /** The client lives: it has until the next time. */
    private void listen() {
        backstage.vertx().cancelTimer(silence);
        silence = backstage.vertx().setTimer(MOST_SILENCE.toMillis(), dead -> cutOff());
    }

    private void cutOff() {
        if (!socket.isClosed()) {
            backstage.connections().countEnded("silence");
        }
        beneath.cut().run();
    }

    private void take(WebSocketFrame frame) {
        if (!frame.isText() && !frame.isBinary() && !frame.isContinuation()) {
            restrain();
            return;
        }
        try {
            messages.add(frame.binaryData().getBytes(), frame.isFinal())
                    .ifPresent(message -> perform(conversation.message(message)));
        } catch (Messages.TooLong tooLong) {
            perform(conversation.end(Ending.TOO_LONG));
        }
        restrain();
    }

    /** Who does not read is not read from. */
    private void restrain() {
        if (!socket.isClosed() && socket.writeQueueFull()) {
            socket.pause();
        }
    }

    private void goOn() {
        if (!socket.isClosed()) {
            socket.resume();
            transmission.ifPresent(this::transmit);
        }
    }

    private void perform(List<Step> steps) {
        steps.forEach(this::perform);
        wanting = conversation.wanting().orElse(NOT_WANTING);
        holding = conversation.isHolding();
    }

    private void perform(Step step) {
        switch (step) {
            case Step.Say(byte[] octets) -> socket.writeBinaryMessage(Buffer.buffer(octets));
            case Step.Judge(byte[] signature) ->
                    aside(() -> backstage.handOut().admit(signature, challenge), this::admit);
            case Step.Look(Set<UUID> known) ->
                    aside(
                            () -> backstage.handOut().look(collector.orElseThrow(), known),
                            this::find);
            case Step.LookAgain(List<UUID> next) ->
                    aside(
                            () -> backstage.handOut().stillWaiting(next),
                            still -> conversation.stillWaiting(next, still));
            case Step.Deliver(Waiting parcel) -> deliver(parcel);
            case Step.Forget(Set<UUID> acknowledged) -> forget(acknowledged);
            case Step.Close(Ending ending) -> close(ending);
        }
    }

    private List<Step> admit(Optional<Collector> admitted) {
        backstage.vertx().cancelTimer(handshake);
        if (admitted.isEmpty()) {
            return conversation.refused();
        }
        collector = admitted;
        if (!socket.isClosed()) {
            refuseAfter(admitted.get().until());
            // Before anything is looked for, or what comes meanwhile would be missed.
            backstage.connections().join(admitted.get().gateway(), this);
        }
        return conversation.admitted();
    }

    /** Else who waits for parcels, of which none comes, would be asked no more who it is. */
    private void refuseAfter(Instant until) {
        Duration left = Duration.between(backstage.clock().instant(), until);
        long millis = Math.max(0, left.toMillis()) + 1;
        certificateEnd =
                backstage.vertx().setTimer(millis, over -> perform(conversation.refused()));
    }

    private List<Step> find(Optional<List<Waiting>> found) {
        return found.map(conversation::found).orElseGet(conversation::refused);
    }

    private void deliver(Waiting parcel) {
        Transmission begun = new Transmission(socket, parcel);
        transmission = Optional.of(begun);
        transmit(begun);
    }

    private void transmit(Transmission sending) {
        if (socket.isClosed()) {
            return;
        }
        switch (sending.write()) {
            case CLIENT -> {}
            case PIECE -> readOn(sending);
            case SENT -> {
                transmission = Optional.empty();
                backstage.connections().countDelivered();
                perform(conversation.sent());
            }
        }
    }

    private void readOn(Transmission sending) {
        transmission = Optional.empty();
        UUID delivery = sending.parcel().delivery();
        aside(
                () -> backstage.handOut().pieceAfter(sending.read(), delivery),
                piece -> {
                    if (piece.isEmpty()) {
                        // Collected by another, replaced or expired: half of it is of no use.
                        return conversation.end(Ending.COME_AGAIN);
                    }
                    sending.add(piece.get());
                    transmission = Optional.of(sending);
                    transmit(sending);
                    return List.of();
                });
    }

    private void forget(Set<UUID> acknowledged) {
        Collector who = collector.orElseThrow();
        aside(
                () -> {
                    backstage.handOut().collected(who, acknowledged);
                    backstage.connections().collected(who.gateway(), acknowledged, this);
                    return acknowledged;
                },
                recorded -> conversation.recorded());
    }

    private void close(Ending ending) {
        backstage.connections().countEnded(Integer.toString(ending.code()));
        transmission = Optional.empty();
        backstage.vertx().cancelTimer(pings);
        if (!socket.isClosed()) {
            // Who does not answer it falls silent, and is cut off.
            socket.close(ending.code(), ending.reason());
        }
    }

    private void end() {
        backstage.vertx().cancelTimer(pings);
        backstage.vertx().cancelTimer(silence);
        backstage.vertx().cancelTimer(handshake);
        backstage.vertx().cancelTimer(certificateEnd);
        transmission = Optional.empty();
        backstage.connections().remove(this, collector.map(Collector::gateway));
        perform(conversation.closed());
        beneath.ended().run();
    }

    private <T> void aside(Supplier<T> work, Function<T, List<Step>> next) {
        backstage
                .turns()
                .start(() -> {
                    try {
                        T result = work.get();
                        loop.runOnContext(back -> perform(next.apply(result)));
                    } catch (RuntimeException | Error failure) {
                        log(failure);
                        loop.runOnContext(back -> perform(conversation.failed()));
                    }
                });
    }

    private static void log(Throwable failure) {
        DatabaseAway.in(failure)
                .ifPresentOrElse(
                        away -> LOG.debugf("a collection ends, the database is away: %s", away),
                        () -> LOG.error("a collection failed", failure));
    }

    /** How many waiting parcels are known here, if more would be welcome at once. */
    OptionalInt wanting() {
        int known = wanting;
        return known == NOT_WANTING ? OptionalInt.empty() : OptionalInt.of(known);
    }

    /** Whether parcels are held here that have not been sent. */
    boolean isHolding() {
        return holding;
    }

    /** A parcel for its gateway has come. */
    void arrived() {
        loop.runOnContext(here -> perform(conversation.arrived()));
    }

    /** Another connection of its gateway has collected these. */
    void gone(Set<UUID> collected) {
        loop.runOnContext(here -> perform(conversation.gone(collected)));
    }

    /** Its gateway may not collect any longer. */
    void refuse() {
        loop.runOnContext(here -> perform(conversation.refused()));
    }

    /** A moment has passed. */
    void tick() {
        loop.runOnContext(here -> perform(conversation.tick()));
    }

    /** Its client is to go on elsewhere. */
    void leave() {
        loop.runOnContext(here -> perform(conversation.leave()));
    }
}
