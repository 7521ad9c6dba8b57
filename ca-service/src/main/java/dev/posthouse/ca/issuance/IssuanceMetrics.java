package dev.posthouse.ca.issuance;

import dev.posthouse.ca.issuance.BatchSigner.Signed;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;

/** What is seen of issuing from outside: figures and log lines. */
@Singleton
final class IssuanceMetrics {

    private static final Logger LOG = Logger.getLogger(IssueCertificate.class);

    private final Clock clock;
    private final Timer issuing;
    private final Timer signing;
    private final Counter issued;
    private final Counter failures;
    private final Counter voided;
    private final Counter expired;

    IssuanceMetrics(MeterRegistry metrics, Clock clock) {
        this.clock = clock;
        this.issuing =
                Timer.builder("posthouse.issuance.duration")
                        .description("From receipt to a recorded certificate")
                        .publishPercentileHistogram()
                        .maximumExpectedValue(Duration.ofMinutes(5))
                        .register(metrics);
        this.signing =
                Timer.builder("posthouse.signing.duration")
                        .description("One signature, verified and linted")
                        .publishPercentileHistogram()
                        .maximumExpectedValue(Duration.ofSeconds(1))
                        .register(metrics);
        this.issued = metrics.counter("posthouse.certificates.issued");
        this.failures = metrics.counter("posthouse.signing.failures");
        this.voided = metrics.counter("posthouse.serials.voided");
        this.expired = metrics.counter("posthouse.issuances.expired");
    }

    <T> T signing(Callable<T> signature) throws java.security.GeneralSecurityException {
        long begun = System.nanoTime();
        try {
            return signature.call();
        } catch (java.security.GeneralSecurityException | RuntimeException failure) {
            throw failure;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            signing.record(Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    void issued(List<Signed> certificates) {
        Instant now = clock.instant();
        for (Signed signed : certificates) {
            issuing.record(Duration.between(signed.opened().issuance().session().received(), now));
        }
        issued.increment(certificates.size());
    }

    void failed(Opened opened, Exception failure) {
        LOG.errorf(
                failure,
                "%s could not be signed under serial %s",
                opened.issuance().session(),
                opened.draft().serialNumber());
        failures.increment();
    }

    void voided(int requests) {
        if (requests > 0) {
            LOG.warnf("%d serials are void: their signer did not come back", requests);
        }
        voided.increment(requests);
    }

    void expired(int requests) {
        if (requests > 0) {
            LOG.errorf("%d requests ended before they were signed", requests);
        }
        expired.increment(requests);
    }
}
