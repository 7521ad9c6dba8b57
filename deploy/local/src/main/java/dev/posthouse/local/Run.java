package dev.posthouse.local;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.posthouse.local.Status.Caller;
import dev.posthouse.local.Status.HealthState;
import dev.posthouse.local.Status.ServiceStatus;
import dev.posthouse.local.process.LocalFailure;
import dev.posthouse.local.process.OwnProcesses;
import dev.posthouse.local.suite.DevelopmentPki;
import dev.posthouse.local.suite.Health;
import dev.posthouse.local.suite.ServiceProcess;
import dev.posthouse.local.suite.StateDirectory;
import dev.posthouse.local.suite.Suite;
import dev.posthouse.local.suite.SuitePlan;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A started suite, remembered in the state directory for the commands that come later.
 *
 * @param detached whether it runs on without its launcher
 * @param external what is somebody else's, for people
 * @param status where everything is
 */
record Run(boolean detached, List<String> external, Status status) {

    private static final JsonMapper JSON = new JsonMapper();

    Run {
        external = external == null ? List.of() : List.copyOf(external);
    }

    static Run of(Suite suite, SuitePlan plan, boolean detached) {
        Map<String, ServiceStatus> services = new LinkedHashMap<>();
        for (ServiceProcess process : suite.services()) {
            services.put(process.instance().label(), of(process));
        }
        DevelopmentPki pki = suite.pki();
        return new Run(
                detached,
                plan.external(),
                new Status(
                        services,
                        pki.trustAnchor().toString(),
                        pki.deviceRoot().toString(),
                        caller(pki, "operator"),
                        caller(pki, "application"),
                        plan.database().address(),
                        plan.broker().bootstrapServers()));
    }

    private static Caller caller(DevelopmentPki pki, String name) {
        return new Caller(pki.certificate(name).toString(), pki.key(name).toString());
    }

    private static ServiceStatus of(ServiceProcess instance) {
        return new ServiceStatus(
                instance.url().toString(),
                instance.managementUrl().toString(),
                HealthState.UP,
                instance.part().process().pid(),
                instance.part().log().toString());
    }

    void write(StateDirectory state) {
        try {
            JSON.writerWithDefaultPrettyPrinter().writeValue(file(state).toFile(), this);
        } catch (IOException e) {
            throw new LocalFailure("cannot write " + file(state), e);
        }
    }

    /** The last one that was remembered, whether or not it still runs. */
    static Optional<Run> read(StateDirectory state) {
        if (Files.notExists(file(state))) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file(state).toFile(), Run.class));
        } catch (IOException e) {
            throw new LocalFailure("cannot read " + file(state) + "; remove it", e);
        }
    }

    static void forget(StateDirectory state) {
        try {
            Files.deleteIfExists(file(state));
        } catch (IOException e) {
            throw new LocalFailure("cannot remove " + file(state), e);
        }
    }

    /** How everything is now. */
    Status look(StateDirectory state) {
        OwnProcesses processes = state.processes();
        return status.refreshed(service -> {
            if (!processes.runs(service.pid())) {
                return HealthState.STOPPED;
            }
            boolean ready = new Health(URI.create(service.managementUrl())).reached();
            return ready ? HealthState.UP : HealthState.DOWN;
        });
    }

    private static Path file(StateDirectory state) {
        return state.run().resolve("run.json");
    }
}
