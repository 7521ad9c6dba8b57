package dev.posthouse.bench.page;

import dev.posthouse.bench.driver.Answer;
import dev.posthouse.bench.driver.Wire;
import dev.posthouse.bench.driver.Work;
import dev.posthouse.bench.material.Bodies;
import dev.posthouse.bench.material.Device;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A client's whole session: the CSR to the proxy, then at once to the AccessURL, where the
 * repository holds who is early, and asks who is too early to come again.
 */
final class SessionWork implements Work {

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int DIGITS = 3;

    private final Vertx vertx;
    private final List<Device> devices;
    private final List<Buffer> bodies;
    private final Wire proxy;
    private final Wire repository;
    private Histogram micros = new Histogram(DIGITS);

    SessionWork(Vertx vertx, List<Device> devices, Wire proxy, Wire repository) {
        this.vertx = vertx;
        this.devices = devices;
        this.bodies = Bodies.toProxy(devices);
        this.proxy = proxy;
        this.repository = repository;
    }

    @Override
    public Future<Answer> perform(int item) {
        return proxy.post("/csr", bodies.get(item))
                .compose(accepted -> accepted.good() ? collect(item, accepted) : same(accepted));
    }

    private Future<Answer> collect(int item, Answer accepted) {
        long start = System.nanoTime();
        String url = new JsonObject(accepted.body()).getString("access_url");
        Buffer body = Bodies.toCollect(devices.get(item).session());
        return collect(URI.create(url).getPath(), body, start)
                .onSuccess(end ->
                        micros.recordValue(
                                TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start)));
    }

    private Future<Answer> collect(String path, Buffer body, long start) {
        return repository
                .post(path, body)
                .compose(answer ->
                        answer.retryAfter() && System.nanoTime() - start < PATIENCE.toNanos()
                                ? vertx.timer(PAUSE.toMillis(), TimeUnit.MILLISECONDS)
                                        .compose(later -> collect(path, body, start))
                                : same(answer));
    }

    private static Future<Answer> same(Answer answer) {
        return Future.succeededFuture(answer);
    }

    /** From accepted to collected, of all since the last time this was asked for. */
    Histogram take() {
        Histogram taken = micros;
        micros = new Histogram(DIGITS);
        return taken;
    }
}
