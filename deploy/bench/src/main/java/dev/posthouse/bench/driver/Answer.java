package dev.posthouse.bench.driver;

import io.vertx.core.buffer.Buffer;

/**
 * What a door answered.
 *
 * @param status HTTP
 * @param retryAfter whether the same may be asked again
 * @param body as it came
 */
public record Answer(int status, boolean retryAfter, Buffer body) {

    /** Whether it is a success. */
    public boolean good() {
        return status >= 200 && status < 300;
    }
}
