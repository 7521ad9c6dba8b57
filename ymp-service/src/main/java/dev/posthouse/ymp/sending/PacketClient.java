package dev.posthouse.ymp.sending;

import dev.posthouse.common.call.Answer;
import dev.posthouse.common.call.CallFailed;
import dev.posthouse.common.call.RetryAfter;
import dev.posthouse.common.guard.HostName;
import dev.posthouse.common.guard.UncallableHost;
import dev.posthouse.ymp.asking.HeldToken;
import dev.posthouse.ymp.host.HostInformations;
import dev.posthouse.ymp.host.NoInformation;
import dev.posthouse.ymp.host.PeerCalls;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Brings packets to other hosts (YMP, section 3.3). */
@Singleton
final class PacketClient {

    private static final int TAKEN = 204;
    private static final int TOKEN_VOID = 401;
    private static final Set<Integer> NOWHERE = Set.of(404, 405);
    private static final Set<Integer> LATER = Set.of(408, 425, 429);

    /** A host that asks for more is asked again all the same (section 6). */
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** What the sheet names; a stranger could make up 400 more. */
    static final Set<Integer> REFUSALS = Set.of(400, 403, 404, 405, 409, 413, 415, 421);

    private final HostInformations informations;
    private final PeerCalls calls;
    private final Clock clock;

    PacketClient(HostInformations informations, PeerCalls calls, Clock clock) {
        this.informations = informations;
        this.calls = calls;
        this.clock = clock;
    }

    /**
     * Sends the next part; any failure is an outcome, except of that step.
     *
     * @param step to be done before each call
     */
    Outcome send(Job job, HeldToken token, Runnable step) {
        try {
            return read(post(job, token, calls.after(step)));
        } catch (NoInformation none) {
            return none.isOurEnd() ? new Outcome.Stopped() : later(none.code());
        } catch (UncallableHost uncallable) {
            return later(uncallable.reason().code());
        } catch (CallFailed failed) {
            return failed.reason() == CallFailed.Reason.CLOSED
                    ? new Outcome.Stopped()
                    : later(failed.reason().code());
        }
    }

    /** The host may have moved its door since it told us where that is: we ask before we judge. */
    private Answer post(Job job, HeldToken token, PeerCalls by) {
        HostName host = job.host();
        Map<String, String> headers = Map.of("Authorization", "Bearer " + token.token());
        byte[] body = job.parts().next().body();
        String known = informations.of(host, by).packetPath();
        Answer answer = by.post(host, known, headers, body);
        if (NOWHERE.contains(answer.status()) && job.parts().isWhole()) {
            informations.forget(host);
            String path = informations.of(host, by).packetPath();
            return path.equals(known) ? answer : by.post(host, path, headers, body);
        }
        return answer;
    }

    private Outcome read(Answer answer) {
        int status = answer.status();
        if (status == TAKEN) {
            return new Outcome.Taken();
        }
        if (status == TOKEN_VOID) {
            return new Outcome.TokenVoid();
        }
        if (status < 400 || status >= 500 || LATER.contains(status)) {
            return new Outcome.Later(
                    code(status), RetryAfter.of(answer, clock.instant(), LONGEST_PAUSE));
        }
        return new Outcome.Refused(code(status));
    }

    private static Outcome later(String code) {
        return new Outcome.Later(code, Duration.ZERO);
    }

    private static String code(int status) {
        return REFUSALS.contains(status) || LATER.contains(status) || status == 503
                ? Integer.toString(status)
                : status / 100 + "xx";
    }
}
