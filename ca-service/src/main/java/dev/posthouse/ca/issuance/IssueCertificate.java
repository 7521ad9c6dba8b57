package dev.posthouse.ca.issuance;

import dev.posthouse.ca.CaConfig;
import dev.posthouse.ca.CaException.IssuanceRefused;
import dev.posthouse.ca.issuance.BatchSigner.Signed;
import dev.posthouse.ca.profile.CertificateProfile;
import dev.posthouse.common.queue.Backoff;
import dev.posthouse.common.queue.Worker;
import dev.posthouse.common.setting.BadSetting;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Issues certificates for what was recorded at the door (certificates, section 9), a batch at a
 * time.
 *
 * <ol>
 *   <li>Open: take up requests, reserve a serial for each and record what is about to be signed.
 *   <li>Sign, and look at the result.
 *   <li>Close: record the certificates, the deliveries to the repository and the events. Only then
 *       does a certificate exist for anybody else.
 * </ol>
 *
 * A crash after 1 leaves serials whose lease runs out: whichever replica finds them makes them
 * void, and the requests are signed under new ones. A signature that comes late is thrown away.
 */
@Singleton
public final class IssueCertificate {

    private final CertificateProfile profile;
    private final BatchSigner signer;
    private final Issuances issuances;
    private final Announcements announcements;
    private final IssuanceMetrics metrics;
    private final CaConfig.Work settings;
    private final Backoff backoff;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Worker worker;

    IssueCertificate(
            CertificateProfile profile,
            BatchSigner signer,
            Issuances issuances,
            Announcements announcements,
            IssuanceMetrics metrics,
            CaConfig settings) {
        this.profile = profile;
        this.signer = signer;
        this.issuances = issuances;
        this.announcements = announcements;
        this.metrics = metrics;
        this.settings = settings.worker();
        this.backoff = new Backoff(settings.backoff().first(), settings.backoff().cap());
        BadSetting.unlessAtLeast("ca.worker.batch", 1, this.settings.batch());
        BadSetting.unlessPositive("ca.worker.lease", this.settings.lease());
        BadSetting.unlessPositive("ca.worker.tick", this.settings.tick());
        BadSetting.unlessPositive("ca.backoff.first", backoff.first());
        BadSetting.unlessPositive("ca.backoff.cap", backoff.cap());
        this.worker = new Worker("issuance", this.settings.tick(), this::issue);
    }

    void start(@Observes StartupEvent started) {
        worker.start();
    }

    /** There is something to sign: do not wait for the tick. */
    public void wake() {
        worker.wake();
    }

    void stop(@Observes ShutdownEvent stopping) {
        worker.close();
    }

    /**
     * One round.
     *
     * @return whether there may be more right away
     */
    boolean issue() {
        QuarkusTransaction.requiringNew().run(this::tidy);
        List<Opened> batch = QuarkusTransaction.requiringNew().call(this::open);
        if (batch.isEmpty()) {
            return false;
        }
        List<Signed> signed = signer.sign(batch);
        List<Signed> closed = QuarkusTransaction.requiringNew().call(() -> close(batch, signed));
        metrics.issued(closed);
        announcements.wake();
        return batch.size() == settings.batch();
    }

    private void tidy() {
        metrics.voided(issuances.voidExpired());
        metrics.expired(issuances.expire());
    }

    private List<Opened> open() {
        List<Opened> batch = new ArrayList<>();
        for (Issuance issuance : issuances.claim(settings.batch())) {
            try {
                batch.add(new Opened(issuance, profile.draft(issuance.requester())));
            } catch (IssuanceRefused refusal) {
                issuances.refuse(issuance, refusal);
                announcements.refused(issuance.session(), issuance.csrHash(), refusal);
            }
        }
        issuances.open(batch, settings.lease());
        return batch;
    }

    private List<Signed> close(List<Opened> batch, List<Signed> signed) {
        List<Signed> closed = issuances.close(signed);
        announcements.issued(closed);
        Set<Opened> done =
                signed.stream().map(Signed::opened).collect(Collectors.toCollection(HashSet::new));
        issuances.giveBack(
                batch.stream().filter(opened -> !done.contains(opened)).toList(),
                issuance -> backoff.after(issuance.attempts(), random));
        return closed;
    }
}
