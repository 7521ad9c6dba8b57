package dev.posthouse.client;

import picocli.CommandLine.IVersionProvider;

/** The version as the jar's manifest names it. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"posthouse " + (version == null ? "(not packaged)" : version)};
    }
}
