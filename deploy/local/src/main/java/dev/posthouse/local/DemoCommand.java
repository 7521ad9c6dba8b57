package dev.posthouse.local;

import dev.posthouse.local.demo.Demo;
import dev.posthouse.local.process.LocalFailure;
import dev.posthouse.local.suite.Ports;
import dev.posthouse.local.suite.Settings;
import dev.posthouse.local.suite.StateDirectory;
import dev.posthouse.local.suite.Suite;
import dev.posthouse.local.suite.SuitePlan;
import dev.posthouse.local.suite.SuitePlan.Manner;
import dev.posthouse.testing.Loopback;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description = {
            "Get a certificate through the whole suite, serve a page with it,",
            "exchange messages between two hosts, relay a parcel, and clean up.",
            "A playground on loopback, on free ports: it does not disturb up."
        })
final class DemoCommand implements Runnable {

    @Spec private CommandSpec command;
    @Mixin private SettingsOption what;

    @Override
    public void run() {
        PrintWriter out = command.commandLine().getOut();
        Settings settings = what.settings(Demo.SETTINGS);
        if (settings.external()) {
            throw new LocalFailure(
                    "demo leaves nothing behind, so it brings its own PostgreSQL and Kafka; ./posthouse up uses others");
        }
        StateDirectory state = new StateDirectory(Loopback.temporaryDirectory("demo"));
        SuitePlan plan =
                new SuitePlan(
                        StateOption.home(), state, settings, Ports.free(settings), Manner.PLAIN);
        Suite suite = new Suite(plan, line -> out.println("   " + line));
        Shutdown shutdown = Shutdown.first(() -> cleanUp(suite, state));
        out.println("Posthouse, a playground on loopback; nothing of it is for production.\n");
        try {
            new Demo(suite, state, out).run();
        } catch (LocalFailure e) {
            suite.close();
            shutdown.cancel();
            throw new LocalFailure(e.getMessage() + "\nThe logs are in " + state.logs(), e);
        }
        cleanUp(suite, state);
        shutdown.cancel();
        out.printf("%nAll of it is stopped and removed. ./posthouse up starts one that stays.%n");
    }

    private static void cleanUp(Suite suite, StateDirectory state) {
        suite.close();
        Loopback.delete(state.path());
    }
}
