package dev.posthouse.bench.neighbour;

import dev.posthouse.bench.driver.Identity;
import dev.posthouse.bench.driver.Measured;
import dev.posthouse.bench.driver.Wire;
import dev.posthouse.bench.relay.Correspondents;
import dev.posthouse.bench.relay.Stock;
import dev.posthouse.bench.report.Figure;
import dev.posthouse.bench.stage.Course;
import dev.posthouse.bench.stage.Page;
import dev.posthouse.bench.stage.Scale;
import dev.posthouse.bench.stage.Scale.Span;
import dev.posthouse.bench.stage.Stage;
import java.nio.file.Path;

/**
 * Another server for parcels: Fastify with the protocol's own Node library, which makes the same
 * checks of each and stores none. Over the same TLS, in one process, as it comes.
 */
public final class Fastify implements Page {

    private static final int SENDERS_FOR_A_CLIENT = 2;

    /** It does fewer in the same time. */
    private static final int PART = 4;

    @Override
    public String name() {
        return "fastify";
    }

    @Override
    public void run(Stage stage) {
        if (!FastifyServer.possible()) {
            stage.results().leaveOut("fastify: node and npm are not both installed");
            return;
        }
        Path directory = stage.bed().scratch().resolve(name());
        if (!FastifyServer.install(stage.bed().home(), directory)) {
            stage.results()
                    .leaveOut("fastify: npm could not get the libraries; is its registry reached?");
            return;
        }
        Correspondents correspondents =
                Correspondents.apart(stage.scale().clients() * SENDERS_FOR_A_CLIENT, stage.clock());
        try (FastifyServer server =
                FastifyServer.start(directory, stage.bed().pki(), correspondents.root().octets())) {
            stage.bed().adopt(server.program().process());
            measure(stage, server, correspondents);
        }
    }

    private void measure(Stage stage, FastifyServer server, Correspondents correspondents) {
        Scale scale = stage.scale();
        Wire door =
                stage.driver()
                        .wire(server.url(), Identity.anonymous(stage.bed().pki()), scale.clients());
        Stock stock = new Stock(correspondents::parcel);
        Course course =
                new Course(
                        stage.driver(),
                        scale.items(),
                        item -> door.postOctets("/", stock.of(item), Correspondents.TYPE));
        Span warmUp = part(scale.warmUp());
        stock.fill(course.begun(), warmUp.items());
        course.closed(scale.clients(), warmUp);
        Span span = part(scale.closed());
        stock.fill(course.begun(), span.items());
        Measured closed = course.closed(scale.clients(), span);
        stage.results().add(Figure.of(name(), "accepted", closed));
    }

    private static Span part(Span span) {
        return span.atMost(Math.max(1, span.items() / PART));
    }
}
