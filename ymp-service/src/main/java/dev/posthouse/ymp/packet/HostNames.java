package dev.posthouse.ymp.packet;

import dev.posthouse.common.guard.HostName;
import java.util.HashMap;
import java.util.Map;

/** The hosts that a packet names, each of them read once: its messages name the same two. */
final class HostNames {

    private final Map<String, HostName> known = new HashMap<>();

    /**
     * The host of that name.
     *
     * @throws IllegalArgumentException if it is none
     */
    HostName of(String text) {
        return known.computeIfAbsent(text, HostName::parse);
    }
}
