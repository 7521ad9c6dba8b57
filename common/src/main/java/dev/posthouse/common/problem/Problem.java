package dev.posthouse.common.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;

/**
 * A refusal as JSON doors write it: RFC 9457, media type {@value #MEDIA_TYPE}.
 *
 * @param type {@code urn:posthouse:problem:<code>}, explained in {@code docs/errors.md}
 * @param title the status in words
 * @param status the HTTP status
 * @param code a fixed machine word such as {@code csr.san.extra}
 * @param detail one sentence for people; never the caller's bytes, a stack or a key
 * @param instance {@code urn:uuid:} and the request id, so that a log line can be found
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        URI type, String title, int status, String code, String detail, URI instance) {

    /** The media type of every problem. */
    public static final String MEDIA_TYPE = "application/problem+json";
}
