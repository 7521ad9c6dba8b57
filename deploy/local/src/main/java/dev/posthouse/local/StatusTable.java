package dev.posthouse.local;

import java.io.PrintWriter;

/**
 * A status for people.
 *
 * @param status what to show
 */
record StatusTable(Status status) {

    private static final String ROW = "%-12s %-44s %-8s %s%n";

    void print(PrintWriter out) {
        out.println();
        out.printf(ROW, "SERVICE", "URL", "HEALTH", "LOG");
        status.services()
                .forEach((name, service) ->
                        out.printf(ROW, name, service.url(), service.health(), service.log()));
        printInfrastructure(out, "PostgreSQL", status.database());
        printInfrastructure(out, "Kafka", status.kafka());
        out.println();
        out.printf("%-12s %s%n", "trust anchor", status.trustAnchor());
        out.printf("%-12s %s%n", "device root", status.deviceRoot());
        out.printf("%-12s %s%n", "operator", status.operator().cert());
        out.printf("%-12s %s%n", "application", status.application().cert());
        out.println();
    }

    private static void printInfrastructure(PrintWriter out, String name, String address) {
        out.printf(ROW, name, address, Status.infrastructure(address), "");
    }
}
