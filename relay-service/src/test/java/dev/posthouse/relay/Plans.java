package dev.posthouse.relay;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** How statements would be worked off. */
public final class Plans {

    private Plans() {}

    /**
     * The plans of statements once something of the schema is gone, which comes back then.
     *
     * @param drop what takes it away
     */
    public static List<String> after(String drop, DataSource database, List<String> statements)
            throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("begin");
            try {
                statement.execute(drop);
                List<String> plans = new ArrayList<>();
                for (String sql : statements) {
                    plans.add(of(statement, "explain " + sql));
                }
                return plans;
            } finally {
                statement.execute("rollback");
            }
        }
    }

    /** What {@code explain} says. */
    public static String of(Statement statement, String explain) throws SQLException {
        try (ResultSet lines = statement.executeQuery(explain)) {
            List<String> plan = new ArrayList<>();
            while (lines.next()) {
                plan.add(lines.getString(1));
            }
            return plan.stream().collect(Collectors.joining("\n"));
        }
    }
}
