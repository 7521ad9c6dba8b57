package dev.posthouse.ymp;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.common.setting.BadSetting;
import java.util.HashSet;
import java.util.Set;

/** What a peer may call us in {@code Host} or {@code :authority} (YMP, section 8). */
final class Authorities {

    private Authorities() {}

    /** Our name with and without its port, and the further ones of the settings. */
    static Set<String> of(YmpConfig settings, OurHost us) {
        Set<HostName> further =
                BadSetting.read(
                        "ymp.accepted-authorities",
                        () -> YmpBeans.names(settings.acceptedAuthorities().orElse(Set.of())));
        Set<String> all = new HashSet<>();
        all.add(us.name().host());
        add(all, us.name());
        further.forEach(name -> add(all, name));
        return all;
    }

    private static void add(Set<String> all, HostName name) {
        all.add(name.text());
        all.add(name.host() + ":" + name.port());
    }
}
