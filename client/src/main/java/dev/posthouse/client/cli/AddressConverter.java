package dev.posthouse.client.cli;

import dev.posthouse.common.net.IpAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads IP addresses, and never asks a resolver. */
public final class AddressConverter implements ITypeConverter<IpAddress> {

    @Override
    public IpAddress convert(String text) {
        try {
            return IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is not an IP address");
        }
    }
}
