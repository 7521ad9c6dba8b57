package dev.posthouse.client.ymp;

import dev.posthouse.client.failure.ClientException.WrongAnswer;
import dev.posthouse.client.https.Answer;
import dev.posthouse.client.https.Json;
import dev.posthouse.client.https.JsonApi;
import dev.posthouse.client.https.Patience;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Calls of our YMP host, each repeated until it is settled or its time is over. All may be
 * repeated: the host knows what it has done already.
 *
 * @param api the host's
 * @param patience how to wait between attempts
 * @param clock by which time is over
 * @param timeout how long one call goes on
 */
public record YmpCalls(JsonApi api, Patience patience, Clock clock, Duration timeout)
        implements AutoCloseable {

    <T> T get(String path, Class<T> type) {
        return read(settled(() -> api.get(path)), type);
    }

    <T> T post(String path, Object body, Class<T> type) {
        return read(post(path, body), type);
    }

    byte[] post(String path, Object body) {
        byte[] json = Json.write(body);
        return settled(() -> api.post(path, json));
    }

    void post(String path) {
        settled(() -> api.post(path));
    }

    private byte[] settled(Supplier<Answer> call) {
        return patience.untilSettled(clock.instant().plus(timeout), call);
    }

    private static <T> T read(byte[] answer, Class<T> type) {
        return Json.read(answer, type)
                .orElseThrow(
                        () -> new WrongAnswer("the YMP host's answer is not what it should be"));
    }

    @Override
    public void close() {
        api.close();
    }
}
