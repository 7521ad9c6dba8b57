package dev.posthouse.ymp.host;

import dev.posthouse.common.call.Answer;
import dev.posthouse.common.call.Call;
import dev.posthouse.common.call.StrangerClient;
import dev.posthouse.common.guard.HostName;
import dev.posthouse.common.guard.StrangerGuard;
import dev.posthouse.common.guard.UncallableHost;
import dev.posthouse.ymp.Guards;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;

/**
 * Calls other hosts (YMP, sections 3, 5 and 8): each call is looked at by the guard, goes out once,
 * and its answer comes back whatever it is. Not to be called within a transaction.
 */
@Singleton
public final class PeerCalls {

    private static final String JSON = "application/json";

    private final Guards guards;
    private final Way way;
    private final StrangerClient client;
    private final ClockSkew skew;
    private final MeterRegistry metrics;

    /**
     * How a call begins.
     *
     * @param guard looks at it
     * @param before is done first
     */
    private record Way(StrangerGuard guard, Runnable before) {}

    @Inject
    PeerCalls(Guards guards, StrangerClient client, ClockSkew skew, MeterRegistry metrics) {
        this(guards, new Way(guards.ours(), () -> {}), client, skew, metrics);
    }

    private PeerCalls(
            Guards guards, Way way, StrangerClient client, ClockSkew skew, MeterRegistry metrics) {
        this.guards = guards;
        this.way = way;
        this.client = client;
        this.skew = skew;
        this.metrics = metrics;
    }

    /** The same to hosts that somebody has named. */
    public PeerCalls toNamed() {
        return by(new Way(guards.named(), way.before()));
    }

    /**
     * The same, each call after that step.
     *
     * @param step prevents the call with a {@link CallPrevented}
     */
    public PeerCalls after(Runnable step) {
        return by(new Way(way.guard(), step));
    }

    private PeerCalls by(Way other) {
        return new PeerCalls(guards, other, client, skew, metrics);
    }

    /**
     * Reads a host that somebody names, without resolving anything.
     *
     * @throws UncallableHost for what is no host name, and for one that would never be called
     */
    public HostName name(String text) {
        try {
            return way.guard().name(text);
        } catch (UncallableHost refused) {
            throw counted(refused);
        }
    }

    /**
     * Asks for what is there.
     *
     * @throws UncallableHost when the host may not be called
     * @throws dev.posthouse.common.call.CallFailed when there is no answer
     */
    public Answer get(HostName host, String path) {
        return call(host, Call.get(path, Map.of("Accept", JSON)));
    }

    /**
     * Hands over JSON.
     *
     * @param headers besides the media type
     * @throws UncallableHost when the host may not be called
     * @throws dev.posthouse.common.call.CallFailed when there is no answer
     */
    public Answer post(HostName host, String path, Map<String, String> headers, byte[] body) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.put("Content-Type", JSON);
        all.putAll(headers);
        return call(host, Call.post(path, all, body));
    }

    private Answer call(HostName host, Call call) {
        way.before().run();
        Answer answer;
        try {
            answer = client.call(way.guard().resolve(host), call);
        } catch (UncallableHost refused) {
            throw counted(refused);
        }
        skew.look(answer);
        return answer;
    }

    private UncallableHost counted(UncallableHost refused) {
        metrics.counter("posthouse.ymp.hosts.refused", "code", refused.reason().code()).increment();
        return refused;
    }
}
