package dev.posthouse.common.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

final class DatabaseAwayTest {

    private final SQLException broken = new SQLException("broken", "08006");

    @Test
    void isTheCauseOfACause() {
        Exception failure = new IllegalStateException(new IllegalArgumentException(broken));

        assertThat(DatabaseAway.in(failure)).contains(broken);
    }

    /** As the transaction manager tells of a connection that broke at the commit. */
    @Test
    void isFoundBesideAFailedCommit() {
        Exception commit = new Exception("Could not commit transaction.");
        commit.addSuppressed(new Exception("Error trying to commit", broken));

        assertThat(DatabaseAway.in(new IllegalStateException(commit))).contains(broken);
    }

    @Test
    void isWhatWasLockedForTooLong() {
        SQLException locked = new SQLException("lock timeout", "55P03");

        assertThat(DatabaseAway.in(locked)).contains(locked);
        assertThat(DatabaseAway.in(new SQLException("in use", "55006"))).isEmpty();
    }

    @Test
    void isNotEveryFailureOfADatabase() {
        assertThat(DatabaseAway.in(new SQLException("twice", "23505"))).isEmpty();
        assertThat(DatabaseAway.in(null)).isEmpty();
    }

    @Test
    void isNotLookedForInCircles() {
        Exception one = new Exception();
        Exception other = new Exception(one);
        one.initCause(other);
        one.addSuppressed(other);

        assertThat(DatabaseAway.in(one)).isEmpty();
    }
}
