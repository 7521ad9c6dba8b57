package dev.posthouse.repository.collection;

import dev.posthouse.common.accessurl.AccessUrl;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.repository.RepositoryConfig;
import dev.posthouse.repository.RepositoryException.ForeignAddress;
import dev.posthouse.repository.record.StoredRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Whether a collector stands where its certificate says (certificates, section 7): at the client's
 * own address or at one in the certificate's SAN, which has the WAN address too.
 */
@Singleton
final class AddressRule {

    private static final Logger LOG = Logger.getLogger(AddressRule.class);

    private final RepositoryConfig.AddressCheck check;
    private final RepositoryConfig.Prefix prefix;
    private final Counter mismatches;

    AddressRule(RepositoryConfig settings, MeterRegistry metrics) {
        this.check = settings.clientAddressCheck();
        this.prefix = settings.prefix();
        this.mismatches = metrics.counter("posthouse.collector.address.mismatches");
    }

    void check(AccessUrl accessUrl, StoredRecord record, IpAddress observed) {
        if (check == RepositoryConfig.AddressCheck.OFF || isAllowed(record, observed)) {
            return;
        }
        mismatches.increment();
        LOG.warnf("%s collects %s, whose addresses are others", observed, accessUrl);
        if (check != RepositoryConfig.AddressCheck.LOG) {
            throw new ForeignAddress();
        }
    }

    private boolean isAllowed(StoredRecord record, IpAddress observed) {
        return check == RepositoryConfig.AddressCheck.PREFIX
                ? record.addresses().stream().anyMatch(allowed -> areNear(allowed, observed))
                : record.addresses().contains(observed);
    }

    private boolean areNear(IpAddress allowed, IpAddress observed) {
        return allowed.network(prefix.ipv4(), prefix.ipv6()).contains(observed);
    }
}
