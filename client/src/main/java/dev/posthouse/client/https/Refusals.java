package dev.posthouse.client.https;

import dev.posthouse.client.failure.ClientException.Refused;
import dev.posthouse.common.problem.Problem;

/**
 * Reads problem documents (RFC 9457) and what PoHTTP says instead, {@code {"message": "…"}}. They
 * come from outside: nothing of them may steer a terminal.
 */
final class Refusals {

    private static final int MAX_DETAIL = 300;

    private record Message(String message) {}

    private Refusals() {}

    static Refused read(int status, byte[] body) {
        return Json.read(body, Problem.class)
                .map(problem -> isEmpty(problem) ? message(status, body) : problem)
                .map(problem -> new Refused(status, code(status, problem), detail(status, problem)))
                .orElseGet(() -> new Refused(status, unnamed(status), words(status)));
    }

    private static boolean isEmpty(Problem problem) {
        return problem.detail() == null && problem.title() == null;
    }

    private static Problem message(int status, byte[] body) {
        String words = Json.read(body, Message.class).map(Message::message).orElse(null);
        return new Problem(null, null, status, null, words, null);
    }

    private static String code(int status, Problem problem) {
        String code = problem.code();
        return code != null && code.matches("[a-z0-9.-]{1,64}") ? code : unnamed(status);
    }

    private static String detail(int status, Problem problem) {
        String detail = problem.detail() != null ? problem.detail() : problem.title();
        if (detail == null) {
            return words(status);
        }
        String plain = detail.replaceAll("\\p{C}", "?");
        return plain.substring(0, Math.min(plain.length(), MAX_DETAIL));
    }

    private static String words(int status) {
        return status >= 300 && status < 400
                ? "the server answered with a redirect, which is not followed"
                : "HTTP status " + status;
    }

    private static String unnamed(int status) {
        return "http." + status;
    }
}
