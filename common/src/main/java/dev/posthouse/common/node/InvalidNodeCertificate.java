package dev.posthouse.common.node;

/** Octets that are no certificate of a node. */
public final class InvalidNodeCertificate extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidNodeCertificate(Throwable cause) {
        super("This is not an X.509 certificate.", cause);
    }
}
