package dev.posthouse.common.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;

/**
 * A refusal as JSON doors write it: RFC 9457, media type {@value #MEDIA_TYPE} (certificates,
 * section 3).
 *
 * @param type {@code urn:posthouse:problem:<code>}, explained in {@code docs/errors.md}
 * @param title the status in words
 * @param status the HTTP status
 * @param code a fixed machine word such as {@code csr.san.extra}
 * @param detail one sentence for people; never the caller's bytes, a stack or a key
 * @param instance {@code urn:posthouse:request:<request id>}, so that a log line can be found
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        URI type, String title, int status, String code, String detail, URI instance) {

    /** The media type of every problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE = "urn:posthouse:problem:";
    private static final String INSTANCE = "urn:posthouse:request:";

    /** The problem with that code, as this request meets it. */
    public static Problem of(int status, String code, String detail, String requestId) {
        return new Problem(
                URI.create(TYPE + code),
                title(status),
                status,
                code,
                detail,
                URI.create(INSTANCE + requestId));
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 421 -> "Misdirected Request";
            case 429 -> "Too Many Requests";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }
}
