package dev.posthouse.local.suite;

import dev.posthouse.local.process.LocalFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where PostgreSQL is, and as whom the services come to it.
 *
 * @param hosts {@code host:port}, several separated by commas
 * @param entry the database that is there already, to make the others from
 * @param parameters of the JDBC URL, question mark included, or nothing
 * @param username a role of PostgreSQL's
 * @param passwordFile empty if none is needed
 * @param ours whether it is started and stopped here
 */
public record DatabaseServer(
        String hosts,
        String entry,
        String parameters,
        String username,
        Optional<Path> passwordFile,
        boolean ours) {

    static final String URL = "postgres.url";
    static final String USERNAME = "postgres.username";
    static final String PASSWORD_FILE = "postgres.password-file";
    static final List<String> KEYS = List.of(URL, USERNAME, PASSWORD_FILE);

    private static final String EVERY_SERVERS = "postgres";
    private static final Pattern FORM =
            Pattern.compile("jdbc:postgresql://([^/?\\s]+)(?:/([A-Za-z0-9_]*))?(\\?\\S*)?");

    static DatabaseServer of(Settings settings, Ports ports) {
        return settings.database()
                .orElseGet(() ->
                        new DatabaseServer(
                                "127.0.0.1:" + ports.postgres(),
                                EVERY_SERVERS,
                                "",
                                EVERY_SERVERS,
                                Optional.empty(),
                                true));
    }

    /** The one that these settings name. */
    static Optional<DatabaseServer> given(Map<String, Setting> settings) {
        Setting url = settings.get(URL);
        if (url == null) {
            settings.values().stream()
                    .filter(setting -> setting.owner().equals("postgres"))
                    .forEach(setting -> {
                        throw setting.refused("it is of use with " + URL + " alone");
                    });
            return Optional.empty();
        }
        Matcher parts = FORM.matcher(url.value());
        if (!parts.matches()) {
            throw url.refused("the address is written jdbc:postgresql://<host>:<port>/");
        }
        String parameters = Optional.ofNullable(parts.group(3)).orElse("");
        if (parameters.matches(".*[?&](user|password)=.*")) {
            throw url.refused("who we are stands in " + USERNAME + " and " + PASSWORD_FILE);
        }
        String entry = Optional.ofNullable(parts.group(2)).orElse("");
        return Optional.of(
                new DatabaseServer(
                        withPorts(parts.group(1)),
                        entry.isEmpty() ? EVERY_SERVERS : entry,
                        parameters,
                        Optional.ofNullable(settings.get(USERNAME))
                                .map(Setting::value)
                                .orElse(EVERY_SERVERS),
                        Optional.ofNullable(settings.get(PASSWORD_FILE))
                                .map(DatabaseServer::readable),
                        false));
    }

    private static String withPorts(String hosts) {
        return Arrays.stream(hosts.split(",", -1))
                .map(host -> host.matches(".*:[0-9]+") ? host : host + ":5432")
                .collect(Collectors.joining(","));
    }

    private static Path readable(Setting setting) {
        Path file = Path.of(setting.value()).toAbsolutePath();
        if (!Files.isReadable(file)) {
            throw setting.refused("the file cannot be read");
        }
        return file;
    }

    /** The address of one of its databases, without who we are. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://%s/%s%s".formatted(hosts, database, parameters);
    }

    /** The same with the user, for whoever takes nothing but a URL. */
    String jdbcUrlOfUser(String database) {
        return jdbcUrl(database) + (parameters.isEmpty() ? "?user=" : "&user=") + username;
    }

    /** The password, if there is one. */
    Optional<String> password() {
        return passwordFile.map(file -> {
            try {
                return Files.readString(file).strip();
            } catch (IOException e) {
                throw new LocalFailure("cannot read " + file, e);
            }
        });
    }

    /** For people. */
    public String address() {
        return "postgresql://%s@%s".formatted(username, hosts);
    }
}
