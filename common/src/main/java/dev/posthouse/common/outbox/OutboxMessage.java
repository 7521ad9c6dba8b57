package dev.posthouse.common.outbox;

/**
 * An event on its way from the outbox to its topic.
 *
 * @param id its place in the outbox
 * @param topic where it goes
 * @param key what must stay in order
 * @param body the CloudEvents envelope as JSON
 * @param traceparent the W3C trace context it was written under, or null
 */
public record OutboxMessage(long id, String topic, String key, String body, String traceparent) {}
