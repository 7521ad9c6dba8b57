package dev.posthouse.relay.gateway;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * A private gateway as an operator sees it.
 *
 * @param id its node id
 * @param registered when it last did; null if the settings alone name it
 * @param revoked since when it may do nothing here; null if it may
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record KnownGateway(String id, Instant registered, Instant revoked) {}
