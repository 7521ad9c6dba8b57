package dev.posthouse.common.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Rows are worked off in batches, until the last or until the database goes away. */
final class BatchesTest {

    private static void drain(Queue<Integer> batches) {
        Batches.drain("tidying", 10, batches::remove);
    }

    @Test
    void goesOnUntilABatchIsNotFull() {
        Queue<Integer> batches = new ArrayDeque<>(List.of(10, 10, 9, 10));

        drain(batches);

        assertThat(batches).containsExactly(10);
    }

    @Test
    void leavesTheRestForTheNextRunWhenTheDatabaseGoesAway() {
        assertThatCode(() ->
                        Batches.drain(
                                "tidying",
                                10,
                                () -> {
                                    throw new IllegalStateException(new SQLException("", "57P01"));
                                }))
                .doesNotThrowAnyException();
    }

    @Test
    void hidesNoOtherFailure() {
        IllegalStateException bug = new IllegalStateException(new SQLException("", "42P01"));

        assertThatThrownBy(() ->
                        Batches.drain(
                                "tidying",
                                10,
                                () -> {
                                    throw bug;
                                }))
                .isSameAs(bug);
    }
}
