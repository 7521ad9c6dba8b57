package dev.posthouse.client.ymp.command;

import dev.posthouse.common.guard.HostName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the names of hosts, and never asks a resolver. */
final class HostNameConverter implements ITypeConverter<HostName> {

    @Override
    public HostName convert(String text) {
        try {
            return HostName.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is not a host like example.org:8447");
        }
    }
}
