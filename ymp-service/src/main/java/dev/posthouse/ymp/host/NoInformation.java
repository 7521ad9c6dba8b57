package dev.posthouse.ymp.host;

import dev.posthouse.common.call.CallFailed;
import dev.posthouse.common.guard.UncallableHost;

/**
 * A host says nothing of itself that we could use (YMP, section 2). The code is one of the list
 * here, or says why the host could not be called; nothing the host has written is repeated.
 */
public final class NoInformation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The answer was no 200. */
    static final String STATUS = "information.status";

    /** The answer was another media type. */
    static final String TYPE = "information.type";

    /** The answer was longer than is read. */
    static final String SIZE = "information.size";

    /** It is no strict JSON object. */
    static final String SYNTAX = "information.syntax";

    /** Something required is missing, or not what it must be. */
    static final String FIELD = "information.field";

    /** It lists no connection protocol that we speak. */
    static final String PROTOCOL = "information.protocol";

    /** A path may not be joined to a host. */
    static final String PATH = "information.path";

    /** It was asked in vain a short while ago. */
    static final String PAUSED = "information.paused";

    private final String code;

    NoInformation(String code) {
        super(code, null, false, false);
        this.code = code;
    }

    static NoInformation of(UncallableHost host) {
        return new NoInformation(host.reason().code());
    }

    static NoInformation of(CallFailed failed) {
        return new NoInformation(failed.reason().code());
    }

    /** The fixed machine word. */
    public String code() {
        return code;
    }

    /** Whether this is our shutting down, and says nothing of the host. */
    public boolean isOurEnd() {
        return code.equals(CallFailed.Reason.CLOSED.code());
    }
}
