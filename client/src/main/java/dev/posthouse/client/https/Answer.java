package dev.posthouse.client.https;

import dev.posthouse.client.failure.ClientException.Refused;
import java.io.IOException;
import java.time.Duration;

/** What became of one call (certificates, sections 3 and 8). */
public sealed interface Answer {

    /** 200 and JSON. */
    @SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
    record Good(byte[] body) implements Answer {}

    /**
     * Nothing that settles it; the same call may succeed later.
     *
     * @param reason for people
     * @param after the least to wait, zero when the server did not say
     * @param cause null when there was an answer
     */
    record Later(String reason, Duration after, IOException cause) implements Answer {}

    /** A refusal; asking again will not help. */
    record Final(Refused refusal) implements Answer {}
}
