package dev.posthouse.common.node;

/** A text that is no id of a node. */
public final class InvalidNodeId extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidNodeId() {
        super("A node's id is 0 and 64 lower-case hex digits.");
    }
}
