package dev.posthouse.repository.vitals;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import jakarta.inject.Singleton;

/** Keeps AccessURLs, which are capabilities, out of the traces (certificates, section 7). */
@Singleton
final class HiddenAccessUrls implements SpanProcessor {

    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        String path = span.getAttribute(PATH);
        if (path != null && path.indexOf('.') >= 0) {
            span.setAttribute(PATH, "/{token}");
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        // Whatever goes out has been hidden at the start.
    }

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
