package dev.posthouse.ymp;

import dev.posthouse.common.guard.HostName;

/**
 * Who we are (YMP, section 1).
 *
 * @param name our one name
 */
public record OurHost(HostName name) {

    /** As it is written in JSON. */
    public String text() {
        return name.text();
    }
}
