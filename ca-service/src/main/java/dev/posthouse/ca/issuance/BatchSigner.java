package dev.posthouse.ca.issuance;

import dev.posthouse.ca.CaConfig;
import dev.posthouse.ca.profile.CertificateSigner;
import dev.posthouse.ca.profile.LintFinding;
import dev.posthouse.ca.profile.SerialNumber;
import dev.posthouse.common.setting.BadSetting;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.bouncycastle.cert.X509CertificateHolder;

/** Signs many drafts, so many at once as there are processors, or as the setting says. */
@Singleton
final class BatchSigner {

    private final CertificateSigner signer;
    private final IssuanceMetrics metrics;
    private final Semaphore signers;

    BatchSigner(CertificateSigner signer, IssuanceMetrics metrics, CaConfig settings) {
        this.signer = signer;
        this.metrics = metrics;
        int many = settings.worker().signers();
        BadSetting.unlessAtLeast("ca.worker.signers", 0, many);
        this.signers = new Semaphore(many > 0 ? many : Runtime.getRuntime().availableProcessors());
    }

    /**
     * Signs; those that are missing in the result failed, which is logged and counted.
     *
     * @return in the order of the drafts
     */
    List<Signed> sign(List<Opened> batch) {
        List<Future<Optional<Signed>>> signatures = new ArrayList<>(batch.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            batch.forEach(opened -> signatures.add(threads.submit(() -> sign(opened))));
        }
        return signatures.stream().map(BatchSigner::result).flatMap(Optional::stream).toList();
    }

    private Optional<Signed> sign(Opened opened) {
        signers.acquireUninterruptibly();
        try {
            return Optional.of(
                    metrics.signing(() -> new Signed(opened, signer.sign(opened.draft()))));
        } catch (GeneralSecurityException | LintFinding | IllegalStateException failure) {
            metrics.failed(opened, failure);
            return Optional.empty();
        } finally {
            signers.release();
        }
    }

    private static Optional<Signed> result(Future<Optional<Signed>> signature) {
        try {
            return signature.get();
        } catch (ExecutionException | InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * A signature that is not recorded yet: until then it must not leave.
     *
     * @param opened what was signed
     * @param certificate the result
     */
    record Signed(Opened opened, X509CertificateHolder certificate) {
        SerialNumber serialNumber() {
            return opened.draft().serialNumber();
        }
    }
}
