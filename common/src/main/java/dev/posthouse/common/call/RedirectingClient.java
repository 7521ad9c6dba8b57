package dev.posthouse.common.call;

import dev.posthouse.common.call.CallFailed.Reason;
import dev.posthouse.common.guard.StrangerGuard;
import dev.posthouse.common.guard.UncallableHost;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * Hands over octets to a host that somebody else named, and goes where that sends it (PoHTTP,
 * section 9): 307 and 308 only, the same request again, at most three in a row. Each target passes
 * the guard anew. All of it together ends in time.
 */
public final class RedirectingClient {

    /** Redirects in a row. */
    static final int MOST = 3;

    private static final Set<Integer> SAME_AGAIN = Set.of(307, 308);

    private final StrangerClient client;
    private final StrangerGuard guard;

    /**
     * @param client makes the calls
     * @param guard where redirects may lead
     */
    public RedirectingClient(StrangerClient client, StrangerGuard guard) {
        this.client = client;
        this.guard = guard;
    }

    /**
     * A request that may be repeated elsewhere.
     *
     * @param url where it goes first
     * @param headers besides those that the client itself writes
     * @param body as it is
     * @param whole how long everything may take
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
    public record Post(CallUrl url, Map<String, String> headers, byte[] body, Duration whole) {

        private Call to(CallUrl target) {
            return Call.post(target.path(), headers, body);
        }
    }

    /**
     * Posts, and waits for the answer: never 307 or 308.
     *
     * @param first whether the first host may be called
     * @throws UncallableHost when that may not be called, or one of them was not found in time
     * @throws CallFailed when there is no answer, or a redirect leads nowhere
     */
    public Answer post(Post post, StrangerGuard first) {
        Deadline whole = Deadline.in(post.whole());
        CallUrl url = post.url();
        Answer answer = client.call(first.resolve(url.host()), post.to(url), url.speech(), whole);
        for (int followed = 0; SAME_AGAIN.contains(answer.status()); followed++) {
            url = next(url, answer, followed);
            answer = again(post, url, whole);
        }
        return answer;
    }

    private static CallUrl next(CallUrl url, Answer answer, int followed) {
        if (followed == MOST) {
            throw new CallFailed(Reason.REDIRECT);
        }
        return answer.header("location")
                .flatMap(url::follow)
                .orElseThrow(() -> new CallFailed(Reason.REDIRECT));
    }

    private Answer again(Post post, CallUrl url, Deadline whole) {
        try {
            return client.call(guard.resolve(url.host()), post.to(url), url.speech(), whole);
        } catch (UncallableHost uncallable) {
            if (uncallable.reason() == UncallableHost.Reason.LATE) {
                // It may be us.
                throw uncallable;
            }
            throw new CallFailed(Reason.REDIRECT);
        }
    }
}
