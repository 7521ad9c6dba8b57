package dev.posthouse.client.https;

import dev.posthouse.client.failure.ClientException.WrongAnswer;
import dev.posthouse.client.https.Answer.Final;
import dev.posthouse.client.https.Answer.Good;
import dev.posthouse.client.https.Answer.Later;
import dev.posthouse.client.https.Transport.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Says what an answer means, or that there was none.
 *
 * @param server who was asked
 * @param expected what an answer must be that settles it
 * @param failing says why there was none
 * @param clock against which dates are read
 */
record Judge(URI server, Expected expected, Failing failing, Clock clock) {

    private static final int NOT_FOUND = 404;

    /** One call. */
    interface Call {
        Reply reply() throws IOException;
    }

    Answer of(Call call) {
        try {
            return of(call.reply());
        } catch (IOException e) {
            return new Later(failing.reason(server, e), Duration.ZERO, e);
        }
    }

    private Answer of(Reply reply) {
        int status = reply.status();
        Optional<Duration> after =
                reply.headers().firstValue("Retry-After").flatMap(v -> RetryAfter.read(v, clock));
        if (expected.statuses().contains(status)) {
            return good(reply);
        }
        if (status == NOT_FOUND ? after.isPresent() : isTemporary(status)) {
            String detail = Refusals.read(status, reply.body()).getMessage();
            return new Later(
                    server.getRawAuthority() + ": " + detail, after.orElse(Duration.ZERO), null);
        }
        return new Final(Refusals.read(status, reply.body()));
    }

    private Good good(Reply reply) {
        String type = reply.headers().firstValue("Content-Type").orElse("");
        if (!expected.takes(reply.status(), type)) {
            throw new WrongAnswer(
                    server.getRawAuthority()
                            + " answered with something that is not "
                            + expected.words());
        }
        return new Good(reply.body());
    }

    private static boolean isTemporary(int status) {
        return status == 408 || status == 429 || status >= 500;
    }
}
