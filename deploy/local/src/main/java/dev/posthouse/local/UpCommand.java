package dev.posthouse.local;

import dev.posthouse.local.process.LocalFailure;
import dev.posthouse.local.suite.Ports;
import dev.posthouse.local.suite.Service;
import dev.posthouse.local.suite.Settings;
import dev.posthouse.local.suite.StateDirectory;
import dev.posthouse.local.suite.Suite;
import dev.posthouse.local.suite.SuitePlan;
import dev.posthouse.local.suite.SuitePlan.Manner;
import dev.posthouse.local.suite.Training;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "up",
        description = {
            "Run the whole suite on this machine until Ctrl-C.",
            "A playground on loopback: every address is permitted and nothing is limited."
        })
final class UpCommand implements Runnable {

    /** A later start takes less, the first one more. */
    private static final long SPACE_TO_START = 64_000_000;

    @Spec private CommandSpec command;
    @Mixin private StateOption where;
    @Mixin private SettingsOption what;

    @Option(names = "--detach", description = "Return when all is ready, and leave it running.")
    private boolean detach;

    @Option(
            names = "--fresh",
            description = "Forget all keys and data of earlier runs first, our own alone.")
    private boolean fresh;

    @Option(
            names = "--aot",
            description = {
                "Record the services' start-up caches if they are missing or stale,",
                "and start no service without."
            })
    private boolean cached;

    @Override
    public void run() {
        StateDirectory state = where.state();
        Settings settings = what.settings();
        if (!fresh) {
            requireSpace(state);
        }
        try (StateLock _ = StateLock.take(state).orElseThrow(() -> alreadyRunning(state))) {
            clearTheGround(state);
            SuitePlan plan =
                    new SuitePlan(
                            StateOption.home(),
                            state,
                            settings,
                            Ports.standard(settings),
                            cached ? Manner.CACHED : Manner.PLAIN);
            if (fresh) {
                state.clear();
                plan.external()
                        .forEach(one ->
                                say(one + " keeps its data: --fresh forgets our own alone."));
                requireSpace(state);
            }
            run(plan);
        }
    }

    private static void requireSpace(StateDirectory state) {
        state.shortage(SPACE_TO_START)
                .ifPresent(shortage -> {
                    throw new LocalFailure(shortage);
                });
    }

    private void clearTheGround(StateDirectory state) {
        Keeper keeper = Keeper.withoutLauncher(state);
        if (!keeper.idle()) {
            if (keeper.run().filter(Run::detached).isPresent()) {
                throw alreadyRunning(state);
            }
            say(keeper.legacy() + "\nStopping what an earlier run left behind.");
            state.stopProcesses();
        }
        Run.forget(state);
    }

    private void run(SuitePlan plan) {
        PrintWriter out = command.commandLine().getOut();
        if (cached) {
            plan.requirePackaged();
            if (!plan.cached()) {
                // Rather now than after a minute.
                plan.ports().requireFree();
                new Recording(out::println, Training.Extent.WHOLE).run();
            }
        }
        try {
            start(new Suite(plan, out::println), plan);
        } catch (LocalFailure e) {
            throw plan.state()
                    .shortage(Troubles.LEAST_SPACE)
                    .map(shortage -> new LocalFailure(shortage + "\n" + e.getMessage(), e))
                    .orElse(e);
        }
    }

    private void start(Suite suite, SuitePlan plan) {
        PrintWriter out = command.commandLine().getOut();
        Shutdown shutdown = Shutdown.first(suite::close);
        out.println("Starting the suite: a playground on loopback, not for production.");
        suite.start();
        Run run = Run.of(suite, plan, detach);
        run.write(plan.state());
        new StatusTable(run.status()).print(out);
        new CurlLines(run.status()).print(out);
        new YmpLines(run.status(), plan.settings().roster().parties(Service.YMP)).print(out);
        if (detach) {
            out.println("It stays; ./posthouse down stops it.");
            shutdown.cancel();
            return;
        }
        out.println("Ctrl-C stops it.");
        TroubleWatch watch = new TroubleWatch(new Troubles(plan.state(), run), this::say);
        Thread.ofVirtual().start(watch::untilTheEnd);
        suite.awaitAnyEnd()
                .ifPresent(ended -> {
                    watch.look();
                    throw new LocalFailure(ended.obituary() + "\nThe others are stopped.");
                });
    }

    private void say(String line) {
        PrintWriter err = command.commandLine().getErr();
        err.println(line);
        err.flush();
    }

    private static LocalFailure alreadyRunning(StateDirectory state) {
        return new LocalFailure(
                "the suite of %s runs already: see ./posthouse status, or stop it with ./posthouse down"
                        .formatted(state.path()));
    }
}
