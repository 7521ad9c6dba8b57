package dev.posthouse.repository.vitals;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import jakarta.inject.Singleton;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What an exporter of traces would get to see. */
@Singleton
final class SeenSpans implements SpanProcessor {

    private final Queue<String> ended = new ConcurrentLinkedQueue<>();

    /** All ended spans, as text. */
    String text() {
        return String.join("\n", ended);
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        // It is looked at when it has all its attributes.
    }

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        ended.add(span.toSpanData().toString());
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }
}
