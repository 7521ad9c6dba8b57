package dev.posthouse.ymp.host;

import dev.posthouse.common.call.Answer;
import dev.posthouse.common.call.CallFailed;
import dev.posthouse.common.guard.HostName;
import dev.posthouse.common.guard.UncallableHost;
import dev.posthouse.ymp.YmpConfig;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks a host what it is (YMP, section 2): at the one place, then at the other if the first is 404.
 * A redirect is no answer, and neither is one that was cut.
 */
@Singleton
final class LookUpHost {

    static final String WELL_KNOWN = "/.well-known/ymp";
    static final String SHORT = "/.ymp";

    private final Duration lifetime;

    LookUpHost(YmpConfig settings) {
        this.lifetime = settings.hostInfo().lifetime();
    }

    /**
     * What a host has answered.
     *
     * @param information what we use of it
     * @param document all of it
     * @param lifetime how long it counts
     */
    record Found(HostInformation information, String document, Duration lifetime) {}

    /**
     * Calls the host.
     *
     * @param calls by which way
     * @throws NoInformation when it says nothing of use
     */
    Found lookUp(HostName host, PeerCalls calls) {
        try {
            Answer answer = calls.get(host, WELL_KNOWN);
            return found(answer.status() == 404 ? calls.get(host, SHORT) : answer);
        } catch (UncallableHost uncallable) {
            throw NoInformation.of(uncallable);
        } catch (CallFailed failed) {
            throw NoInformation.of(failed);
        }
    }

    private Found found(Answer answer) {
        unless(answer.status() == 200, NoInformation.STATUS);
        unless(isJson(answer), NoInformation.TYPE);
        unless(!answer.cut(), NoInformation.SIZE);
        return new Found(
                HostInformation.parse(answer.body()),
                new String(answer.body(), StandardCharsets.UTF_8),
                Lifetime.of(answer.header("cache-control").orElse(""), lifetime));
    }

    /**
     * An answer without a type is taken for what was asked for; a page or a text that says it is
     * one is not, since others than the host may be able to put those there.
     */
    private static boolean isJson(Answer answer) {
        String type = answer.header("content-type").orElse("application/json");
        return type.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
    }

    private static void unless(boolean holds, String code) {
        if (!holds) {
            throw new NoInformation(code);
        }
    }
}
