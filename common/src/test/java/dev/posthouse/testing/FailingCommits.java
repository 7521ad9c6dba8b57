package dev.posthouse.testing;

/**
 * While it is open, transactions with some change of a table fail in the end: all that comes before
 * the commit is done, and the commit takes too long.
 */
public final class FailingCommits implements AutoCloseable {

    private static final String FAIL =
            """
            create function fail_commit() returns trigger language plpgsql as $$
            begin
              raise exception 'it takes too long' using errcode = '57014';
            end $$;
            create constraint trigger fail_commit after {change}
              deferrable initially deferred for each row execute function fail_commit()
            """;

    private static final String FAIL_NO_MORE = "drop function fail_commit cascade";

    private FailingCommits() {}

    /**
     * From now on.
     *
     * @param change which, as in {@code delete on outbound}
     */
    public static FailingCommits of(String change) {
        TestDatabase.change(FAIL.replace("{change}", change));
        return new FailingCommits();
    }

    @Override
    public void close() {
        TestDatabase.change(FAIL_NO_MORE);
    }
}
