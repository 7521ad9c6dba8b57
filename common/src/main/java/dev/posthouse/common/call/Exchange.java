package dev.posthouse.common.call;

import dev.posthouse.common.call.CallFailed.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.nio.channels.ClosedChannelException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One request and its answer, read on an event loop and no further than it is wanted. Whatever the
 * peer does ends here and is not logged: it would write our logs.
 */
final class Exchange {

    /** More than any server sends; the octets are bounded as well. */
    static final int MOST_HEADERS = 100;

    /** Answers before the answer (100, 103). */
    static final int MOST_INTERIM = 16;

    /** HTTP/2's word for an answer that is no longer wanted (RFC 9113, section 7). */
    private static final long CANCEL = 8;

    private final HttpClientRequest request;
    private final int most;
    private final Promise<Answer> answer = Promise.promise();
    private final Buffer body = Buffer.buffer();
    private int interim;

    /** Of the answer whose head has come; 0 before. */
    private volatile int status;

    Exchange(HttpClientRequest request, int most) {
        this.request = request;
        this.most = most;
    }

    /** Sends the request. */
    Future<Answer> begin(Call call) {
        request.exceptionHandler(answer::tryFail);
        request.continueHandler(ignored -> countInterim());
        request.earlyHintsHandler(ignored -> countInterim());
        request.response().onSuccess(this::head).onFailure(answer::tryFail);
        if (call.method() == Call.Method.GET && call.body().length == 0) {
            request.end();
        } else {
            request.end(Buffer.buffer(call.body()));
        }
        return answer.future();
    }

    /** Nobody waits any more: what comes is not read. */
    void abandon() {
        request.reset(CANCEL);
    }

    private void countInterim() {
        if (++interim > MOST_INTERIM) {
            breakOff();
        }
    }

    private void head(HttpClientResponse response) {
        response.exceptionHandler(answer::tryFail);
        int code = response.statusCode();
        if (code < 200 || code > 599 || response.headers().entries().size() > MOST_HEADERS) {
            breakOff();
            return;
        }
        status = code;
        response.handler(octets -> read(response, octets));
        response.endHandler(ignored -> end(response));
    }

    private void read(HttpClientResponse response, Buffer octets) {
        int room = most - body.length();
        body.appendBuffer(octets, 0, Math.min(room, octets.length()));
        if (octets.length() > room && answer.tryComplete(answer(response, true))) {
            abandon();
        }
    }

    /** Not before the library has put the connection back, for the caller's next call. */
    private void end(HttpClientResponse response) {
        Vertx.currentContext().runOnContext(ignored -> answer.tryComplete(answer(response, false)));
    }

    private void breakOff() {
        answer.tryFail(new ClosedChannelException());
        abandon();
    }

    private Answer answer(HttpClientResponse response, boolean cut) {
        Map<String, String> headers = new HashMap<>();
        for (String name : Answer.KEPT) {
            List<String> values = response.headers().getAll(name);
            if (!values.isEmpty()) {
                headers.put(name, String.join(", ", values));
            }
        }
        return new Answer(response.statusCode(), headers, body.getBytes(), cut);
    }

    /** Waits for the answer. */
    static Answer of(HttpClientRequest request, Call call, int most, Deadline whole) {
        Exchange exchange = new Exchange(request, most);
        try {
            return whole.await(exchange.begin(call), Reason.TIMEOUT, CallFailed::answering);
        } catch (CallFailed failed) {
            exchange.abandon();
            throw new CallFailed(failed.reason(), exchange.status);
        }
    }
}
