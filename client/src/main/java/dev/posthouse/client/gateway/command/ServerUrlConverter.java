package dev.posthouse.client.gateway.command;

import dev.posthouse.client.https.ServerUrl;
import java.net.URI;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads URLs of servers. */
public final class ServerUrlConverter implements ITypeConverter<URI> {

    @Override
    public URI convert(String text) {
        try {
            return ServerUrl.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(
                    "'" + text + "' is not a URL like https://relay.example");
        }
    }
}
