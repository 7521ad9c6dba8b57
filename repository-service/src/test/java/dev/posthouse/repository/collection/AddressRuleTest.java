package dev.posthouse.repository.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.accessurl.AccessUrl;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.x509.PemForm;
import dev.posthouse.repository.RepositoryException.ForeignAddress;
import dev.posthouse.repository.TestSettings;
import dev.posthouse.repository.record.StoredRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressRuleTest {

    private static final StoredRecord RECORD =
            new StoredRecord(
                    "",
                    Optional.empty(),
                    Optional.of("chain"),
                    Set.of(
                            IpAddress.parse("10.0.0.7"),
                            IpAddress.parse("203.0.113.7"),
                            IpAddress.parse("2001:db8:1:2::7")),
                    Instant.EPOCH,
                    Optional.empty());
    private static final AccessUrl URL =
            new AccessUrl("", "jti", "", PemForm.PEM, Instant.EPOCH, Instant.EPOCH);

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @ParameterizedTest
    @CsvSource({
        "exact, 10.0.0.7, true",
        "exact, 203.0.113.7, true",
        "exact, 2001:db8:1:2::7, true",
        "exact, ::ffff:10.0.0.7, true",
        "exact, 10.0.0.8, false",
        "exact, 2001:db8:1:2::8, false",
        "prefix, 10.0.0.8, true",
        "prefix, 10.0.1.7, false",
        "prefix, 2001:db8:1:2:ffff::8, true",
        "prefix, 2001:db8:1:3::7, false",
        "log, 192.168.0.1, true",
        "off, 192.168.0.1, true"
    })
    void letsCollect(String check, String observed, boolean allowed) {
        AddressRule rule = rule(Map.of("repository.client-address-check", check));

        if (allowed) {
            assertThatCode(() -> check(rule, observed)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> check(rule, observed)).isInstanceOf(ForeignAddress.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "16, 48, 10.0.9.9, true",
        "16, 48, 10.1.0.7, false",
        "16, 48, 2001:db8:1:9::1, true",
        "32, 128, 10.0.0.8, false"
    })
    void takesTheLengthsFromTheSettings(int v4, int v6, String observed, boolean allowed) {
        Map<String, String> settings = new HashMap<>();
        settings.put("repository.client-address-check", "prefix");
        settings.put("repository.prefix.ipv4", Integer.toString(v4));
        settings.put("repository.prefix.ipv6", Integer.toString(v6));

        assertThat(lets(rule(settings), observed)).isEqualTo(allowed);
    }

    @Test
    void countsMismatchesEvenWhenItOnlyLogsThem() {
        check(rule(Map.of("repository.client-address-check", "log")), "192.168.0.1");

        assertThat(mismatches()).isEqualTo(1);
    }

    @Test
    void looksAtNothingWhenOff() {
        check(rule(Map.of("repository.client-address-check", "off")), "192.168.0.1");

        assertThat(mismatches()).isZero();
    }

    private double mismatches() {
        return metrics.get("posthouse.collector.address.mismatches").counter().count();
    }

    private static boolean lets(AddressRule rule, String observed) {
        try {
            check(rule, observed);
            return true;
        } catch (ForeignAddress foreign) {
            return false;
        }
    }

    private static void check(AddressRule rule, String observed) {
        rule.check(URL, RECORD, IpAddress.parse(observed));
    }

    private AddressRule rule(Map<String, String> settings) {
        return new AddressRule(TestSettings.with(settings), metrics);
    }
}
