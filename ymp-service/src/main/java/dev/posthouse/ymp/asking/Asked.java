package dev.posthouse.ymp.asking;

import dev.posthouse.common.call.CallFailed;
import java.time.Instant;

/** What came of asking a host for a token (YMP, section 4). */
public sealed interface Asked {

    /**
     * The host has taken the request, and is to call back.
     *
     * @param until when to wait no longer
     */
    record Awaiting(Instant until) implements Asked {}

    /**
     * The host has not taken it.
     *
     * @param code a fixed machine word
     */
    record Failed(String code) implements Asked {

        /** Whether this is our shutting down, and says nothing of the host. */
        public boolean isOurEnd() {
            return code.equals(CallFailed.Reason.CLOSED.code());
        }
    }
}
