package dev.posthouse.local;

import dev.posthouse.testing.EmbeddedPostgresServer;
import dev.posthouse.testing.TestKafka;
import java.util.List;

/** PostgreSQL and Kafka of this JVM, for suites whose own servers no test asks about. */
public final class SharedServers {

    private static final EmbeddedPostgresServer POSTGRES =
            EmbeddedPostgresServer.start(EmbeddedPostgresServer.Options.forTests());

    private SharedServers() {}

    /** What has a suite use them. */
    public static List<String> settings() {
        return List.of(
                "postgres.url=" + POSTGRES.jdbcUrl("").replaceFirst("[?].*", ""),
                "kafka.bootstrap-servers=" + TestKafka.bootstrapServers());
    }
}
