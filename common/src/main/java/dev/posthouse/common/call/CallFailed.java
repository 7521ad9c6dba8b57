package dev.posthouse.common.call;

import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;

/**
 * A call that got no answer (YMP, section 5; PoHTTP, section 9). It repeats nothing of what was
 * sent or came back, and has no cause: the libraries' messages quote the peer.
 */
public final class CallFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. After the first three nothing of the request has left. */
    public enum Reason {
        /** No address took a connection, or none within the connect time. */
        CONNECT("call.connect", "The host could not be connected to."),
        /** There is no common version of TLS, or no TLS at all. */
        TLS("call.tls", "TLS with the host failed."),
        /** The certificate is not the name's, not in its time, or not under our anchors. */
        CERTIFICATE("call.certificate", "The host's certificate is not to be trusted."),
        /** The whole call took too long. */
        TIMEOUT("call.timeout", "The host did not answer in time."),
        /** The host sends us elsewhere, and there is nowhere to go. */
        REDIRECT("call.redirect", "The host's redirect leads nowhere."),
        /** The connection ended early, or the answer is none that we read. */
        BROKEN("call.broken", "The host's answer broke off or is not HTTP."),
        /** We are shutting down. */
        CLOSED("call.closed", "The call was given up.");

        private final String code;
        private final String message;

        Reason(String code, String message) {
            this.code = code;
            this.message = message;
        }

        /** The fixed machine word, for metrics and logs. */
        public String code() {
            return code;
        }
    }

    private final Reason reason;
    private final int status;

    CallFailed(Reason reason) {
        this(reason, 0);
    }

    CallFailed(Reason reason, int status) {
        super(reason.message);
        this.reason = reason;
        this.status = status;
    }

    /** Reads what the library threw while it connected. */
    static CallFailed opening(Throwable failure) {
        Reason reason = Reason.CONNECT;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof GeneralSecurityException) {
                return new CallFailed(Reason.CERTIFICATE);
            }
            if (cause instanceof SSLException) {
                reason = Reason.TLS;
            }
        }
        return new CallFailed(reason);
    }

    /** After that all failures are one: the request may have been read, or not. */
    static CallFailed answering(Throwable failure) {
        return new CallFailed(Reason.BROKEN);
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** What the host answered, where the answer's head came and its body did not end; else 0. */
    public int status() {
        return status;
    }
}
