package dev.posthouse.common.door;

import io.vertx.core.Context;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What would hold up the event loop is done beside it, on a virtual thread. */
final class Aside {

    private Aside() {}

    /**
     * Judges a request.
     *
     * @param next goes on with the verdict on the request's event loop, unless the caller has left
     */
    static void judge(
            RoutingContext routing,
            Supplier<Optional<Refusal>> judge,
            Consumer<Optional<Refusal>> next) {
        Context loop = ((HttpServerRequestInternal) routing.request()).context();
        Thread.ofVirtual()
                .start(() -> {
                    Optional<Refusal> verdict = verdict(judge);
                    loop.runOnContext(back -> {
                        if (!routing.response().closed()) {
                            next.accept(verdict);
                        }
                    });
                });
    }

    /** What the judge says, whatever happens to it. */
    static Optional<Refusal> verdict(Supplier<Optional<Refusal>> judge) {
        try {
            return judge.get();
        } catch (RuntimeException | Error failure) {
            return Optional.of(Failures.refusal(failure));
        }
    }
}
