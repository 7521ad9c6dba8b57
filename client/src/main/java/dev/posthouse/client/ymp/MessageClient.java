package dev.posthouse.client.ymp;

import java.util.List;

/**
 * Sends and receives for an application (YMP, section 9). The host keeps what it was given before
 * it answers, and sends it when the other host is there; it keeps what came until it is
 * acknowledged.
 *
 * @param calls of our host, as an application
 */
public record MessageClient(YmpCalls calls) {

    private static final String INBOX = "/inbox";

    private record Accepted(String id) {}

    private record Inbox(List<Received> messages) {}

    private record Acks(List<Long> seq) {}

    /**
     * Hands a message over.
     *
     * @return its id
     */
    public String send(NewMessage message) {
        return calls.post("/messages", message, Accepted.class).id();
    }

    /** The oldest that are not acknowledged; they stay. */
    public List<Received> inbox(Wanted wanted) {
        List<Received> messages = calls.get(INBOX + wanted.query(), Inbox.class).messages();
        return messages == null ? List.of() : messages;
    }

    /** Takes these out of the inbox for good. */
    public void acknowledge(List<Received> done) {
        if (!done.isEmpty()) {
            calls.post(INBOX + "/acks", new Acks(done.stream().map(Received::seq).toList()));
        }
    }
}
