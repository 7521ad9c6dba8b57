package dev.posthouse.ymp.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;

/**
 * A host as an operator sees it.
 *
 * @param host its name
 * @param blocked whether we have nothing to do with it
 * @param outgoing how sending to it goes
 * @param tokenExpires when the token ends that we send to it with; null if there is none
 * @param grantedTokens how many it holds to send to us with
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record KnownPeer(
        String host,
        boolean blocked,
        @JsonUnwrapped Backlog outgoing,
        @JsonProperty("token_expires") Instant tokenExpires,
        @JsonProperty("granted_tokens") long grantedTokens) {

    /**
     * How sending to it goes.
     *
     * @param waiting messages, counted no further than 10,000
     * @param oldest since when the first waits; null if none does
     * @param failures so many in a row
     * @param backoffUntil it is left alone until then; null if it is not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Backlog(
            long waiting,
            Instant oldest,
            int failures,
            @JsonProperty("backoff_until") Instant backoffUntil) {}
}
