package dev.posthouse.common.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.function.Supplier;

/**
 * W3C trace context as text: kept with a request, so that what workers do for it later belongs to
 * the same trace.
 */
public final class Traces {

    private static final String FIELD = "traceparent";
    private static final TextMapGetter<String> READER = new Reader();

    private Traces() {}

    /** The trace context of what is being done now, or null when there is none. */
    public static String current() {
        SpanContext context = Span.current().getSpanContext();
        return context.isValid()
                ? "00-"
                        + context.getTraceId()
                        + '-'
                        + context.getSpanId()
                        + '-'
                        + context.getTraceFlags().asHex()
                : null;
    }

    /** Does something under a trace context that was kept, which may be null. */
    public static <T> T resume(String traceparent, Supplier<T> step) {
        return W3CTraceContextPropagator.getInstance()
                .extract(Context.root(), traceparent, READER)
                .wrapSupplier(step)
                .get();
    }

    /** Reads the one field there is. */
    private static final class Reader implements TextMapGetter<String> {
        @Override
        public Iterable<String> keys(String traceparent) {
            return List.of(FIELD);
        }

        @Override
        public String get(String traceparent, String key) {
            return key.equals(FIELD) ? traceparent : null;
        }
    }
}
