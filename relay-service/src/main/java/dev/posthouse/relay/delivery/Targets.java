package dev.posthouse.relay.delivery;

import dev.posthouse.common.call.CallUrl;
import dev.posthouse.common.call.Speech;
import dev.posthouse.common.guard.HostName;
import dev.posthouse.common.guard.Resolver;
import dev.posthouse.common.guard.StrangerGuard;
import dev.posthouse.common.guard.UncallableHost;
import dev.posthouse.common.net.AddressRules;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.relay.RelayConfig;
import dev.posthouse.relay.outbound.PeerNames;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where Internet addresses lead, and which hosts may be called (PoHTTP, section 9). A static route
 * goes before the address itself, and its target counts as listed; but as that alone, not for
 * whoever else names it.
 */
final class Targets implements PeerNames {

    /** How long a name may take to be resolved. */
    private static final Duration LOOKUP = Duration.ofSeconds(3);

    /** No host's name has a space: neither is any stranger's. */
    private static final String ROUTE = "route: ";

    private static final String NOWHERE = "nowhere: ";

    private final Map<String, CallUrl> routes = new TreeMap<>();

    /** Each asks on threads of its own: names that nobody answers for hold up no other guard's. */
    private final StrangerGuard strangers;

    private final StrangerGuard known;
    private final StrangerGuard routed;

    Targets(RelayConfig settings, Resolver resolver) {
        settings.routes()
                .forEach((address, url) -> routes.put(lower(address), route(address, url)));
        Set<HostName> listed =
                BadSetting.read(
                        "relay.allow-private",
                        () ->
                                settings.allowPrivate().orElse(Set.of()).stream()
                                        .map(HostName::parse)
                                        .collect(Collectors.toSet()));
        this.strangers = guard(listed, resolver);
        this.known = guard(listed, resolver);
        this.routed =
                guard(
                        Stream.concat(listed.stream(), routes.values().stream().map(CallUrl::host))
                                .collect(Collectors.toSet()),
                        resolver);
        routes.forEach(this::requireSafe);
    }

    /** Plain HTTP is for this machine alone, as its addresses say and not its name. */
    private void requireSafe(String address, CallUrl url) {
        if (url.speech() == Speech.PLAIN && isElsewhere(url.host())) {
            throw new BadSetting(
                    setting(address), "must be https: plain HTTP is spoken to this machine alone");
        }
    }

    private boolean isElsewhere(HostName host) {
        try {
            return routed.resolve(host).addresses().stream().noneMatch(AddressRules::isLoopback);
        } catch (UncallableHost unknown) {
            // It may have an address when it is called.
            return false;
        }
    }

    private static StrangerGuard guard(Set<HostName> listed, Resolver resolver) {
        return new StrangerGuard(listed, port -> true, resolver, LOOKUP);
    }

    private static CallUrl route(String address, String url) {
        return BadSetting.read(setting(address), () -> CallUrl.parse(url.strip()));
    }

    private static String setting(String address) {
        return "relay.routes.\"" + address + "\"";
    }

    private static String lower(String address) {
        return address.toLowerCase(Locale.ROOT);
    }

    @Override
    public String of(String internetAddress) {
        return at(internetAddress, false)
                .map(Target::peer)
                .orElseGet(() -> NOWHERE + internetAddress);
    }

    @Override
    public boolean leadSomewhere(String internetAddress) {
        return at(internetAddress, false).isPresent();
    }

    /**
     * Where parcels for that address go; empty for nowhere.
     *
     * @param sound whether the last attempt there was answered
     */
    Optional<Target> at(String address, boolean sound) {
        CallUrl route = routes.get(lower(address));
        return route != null
                ? Optional.of(new Target(ROUTE + peer(route), route, routed))
                : DeliveryAddress.read(address)
                        .map(url -> new Target(peer(url), url, sound ? known : strangers));
    }

    /** Whoever names another path of a host, or what a route leads to, does not speak for it. */
    private static String peer(CallUrl url) {
        return url.host().text() + (url.path().equals("/") ? "" : url.path());
    }

    /** The host of such a peer. */
    static String host(String peer) {
        int path = peer.indexOf('/');
        return path < 0 ? peer : peer.substring(0, path);
    }

    /** Who says where redirects may lead. */
    StrangerGuard strangers() {
        return strangers;
    }
}
