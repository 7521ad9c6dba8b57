package dev.posthouse.proxy.address;

import dev.posthouse.common.net.Cidr;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.proxy.ProxyConfig;
import dev.posthouse.proxy.ProxyException.AddressMismatch;
import dev.posthouse.proxy.ProxyException.AddressNotClaimable;
import dev.posthouse.proxy.ProxyException.WanNotGlobal;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.List;

/** Which addresses go into a certificate: observed or claimed (certificates, section 6). */
@Startup
@Singleton
public final class ClientAddresses {

    private final ProxyConfig.Mode mode;
    private final List<Cidr> claimedRanges;
    private final boolean allowLoopback;
    private final WanAddress wanAddress;

    ClientAddresses(ProxyConfig settings, WanAddress wanAddress) {
        this.mode = settings.mode();
        this.claimedRanges =
                BadSetting.read(
                        "proxy.claimed-ranges",
                        () -> settings.claimedRanges().stream().map(Cidr::parse).toList());
        this.allowLoopback = settings.addresses().allowLoopback();
        this.wanAddress = wanAddress;
    }

    /**
     * The addresses of one certificate.
     *
     * @param client ClientLocalAddress
     * @param wan ClientWANAddress; may be the same
     */
    public record Pair(IpAddress client, IpAddress wan) {}

    /**
     * @param claimed the CSR's address
     * @param observed where the request came from
     */
    public Pair of(IpAddress claimed, IpAddress observed) {
        return switch (mode) {
            case LAN -> {
                if (!claimed.equals(observed)) {
                    throw new AddressMismatch();
                }
                yield new Pair(observed, wanAddress.current());
            }
            case WAN -> {
                if (claimedRanges.stream().noneMatch(range -> range.contains(claimed))) {
                    throw new AddressNotClaimable();
                }
                if (!WanAddress.isOutside(observed, allowLoopback)) {
                    throw new WanNotGlobal();
                }
                yield new Pair(claimed, observed);
            }
        };
    }
}
