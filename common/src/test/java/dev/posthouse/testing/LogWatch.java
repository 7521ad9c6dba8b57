package dev.posthouse.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/** Everything that is logged while it is open, as people would read it. */
public final class LogWatch implements AutoCloseable {

    private final List<ExtLogRecord> records = new CopyOnWriteArrayList<>();
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord written) {
                    ExtLogRecord kept = ExtLogRecord.wrap(written);
                    // The thread's context is read now, not when a test asks.
                    kept.copyAll();
                    records.add(kept);
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    public LogWatch() {
        Logger.getLogger("").addHandler(handler);
    }

    /** The records so far. */
    public List<ExtLogRecord> records() {
        return List.copyOf(records);
    }

    /** All of it, with stack traces. */
    public String text() {
        PatternFormatter formatter = new PatternFormatter("%-5p [%c] %X %s%e%n");
        StringBuilder text = new StringBuilder();
        records.forEach(kept -> text.append(formatter.format(kept)));
        return text.toString();
    }

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(handler);
    }
}
