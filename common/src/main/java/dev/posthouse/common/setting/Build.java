package dev.posthouse.common.setting;

import io.smallrye.config.ConfigMapping;

/** Which build this is, as the build itself has written it into the shared defaults. */
@ConfigMapping(prefix = "posthouse.build")
public interface Build {

    /** Of the suite. */
    String version();

    /** Of its source. */
    String commit();
}
