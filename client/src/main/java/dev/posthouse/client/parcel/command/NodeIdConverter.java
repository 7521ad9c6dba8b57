package dev.posthouse.client.parcel.command;

import dev.posthouse.common.node.NodeId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads ids of nodes. */
final class NodeIdConverter implements ITypeConverter<NodeId> {

    @Override
    public NodeId convert(String text) {
        try {
            return NodeId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(
                    "'" + text + "' is not an id: 0 and 64 lower-case hex digits");
        }
    }
}
