package dev.posthouse.ymp.sending;

import dev.posthouse.ymp.host.CallPrevented;

/** The host is somebody else's by now, or blocked: nothing more is asked of it by this job. */
final class LeaseLost extends CallPrevented {

    private static final long serialVersionUID = 1L;

    LeaseLost() {
        super("the lease has been lost");
    }
}
