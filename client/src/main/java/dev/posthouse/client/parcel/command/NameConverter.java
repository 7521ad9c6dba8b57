package dev.posthouse.client.parcel.command;

import dev.posthouse.common.guard.HostName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads Internet addresses: names, and nothing beside. */
final class NameConverter implements ITypeConverter<HostName> {

    @Override
    public HostName convert(String text) {
        try {
            return HostName.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is not a name like relay.example");
        }
    }
}
