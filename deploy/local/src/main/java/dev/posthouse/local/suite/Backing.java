package dev.posthouse.local.suite;

import dev.posthouse.local.suite.SuitePlan.Manner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * PostgreSQL and Kafka as the services need them: started here, unless they are somebody else's,
 * and with databases and topics in them.
 *
 * @param plan says whose they are
 */
record Backing(SuitePlan plan) {

    /** The processes to start; none if both are somebody else's. */
    List<Part> parts() {
        List<String> servers = new ArrayList<>();
        if (plan.database().ours()) {
            servers.add(Infrastructure.POSTGRES + plan.ports().postgres());
        }
        if (plan.broker().ours()) {
            servers.add(Infrastructure.KAFKA + plan.ports().kafka());
        }
        if (servers.isEmpty()) {
            return List.of();
        }
        return plan.manner() == Manner.BROKER_APART
                ? servers.stream().map(one -> part(nameOf(one), List.of(one))).toList()
                : List.of(part(StateDirectory.INFRASTRUCTURE, servers));
    }

    private static String nameOf(String server) {
        return server.substring(0, server.indexOf('='));
    }

    private Part part(String name, List<String> servers) {
        Path ready = plan.state().run().resolve(name + ".ready");
        List<String> arguments =
                Stream.concat(
                                Stream.of(
                                        "-Xmx256m",
                                        "-XX:+UseSerialGC",
                                        "--enable-native-access=ALL-UNNAMED",
                                        "--sun-misc-unsafe-memory-access=allow",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Infrastructure.class.getName(),
                                        plan.state().path().toString(),
                                        ready.toString()),
                                servers.stream())
                        .toList();
        return new Part(name, arguments, plan.state(), new ReadyFile(ready));
    }

    /** Makes databases and topics where they are missing: in our own servers, or in the others. */
    void furnish(boolean ours) {
        if (plan.database().ours() == ours) {
            new Databases(plan.database()).make(plan.settings().roster().databases());
        }
        if (plan.broker().ours() == ours) {
            new Topics(plan.broker()).make(Service.topics());
        }
    }
}
