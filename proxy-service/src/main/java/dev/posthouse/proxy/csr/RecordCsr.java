package dev.posthouse.proxy.csr;

import dev.posthouse.common.accessurl.AccessUrl;
import dev.posthouse.common.event.CsrAccepted;
import dev.posthouse.common.event.Event;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.outbox.Outbox;
import dev.posthouse.common.x509.Csr;
import dev.posthouse.proxy.ProxyException.KeyInUse;
import dev.posthouse.proxy.ProxyException.SessionConflict;
import dev.posthouse.proxy.ProxyException.TooManyOpenSessions;
import dev.posthouse.proxy.address.ClientAddresses;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/**
 * Writes an accepted CSR down, once per session name (certificates, section 9). The database
 * decides between two that come at once.
 */
@ApplicationScoped
class RecordCsr {

    private final Drafts drafts;
    private final Submissions submissions;
    private final Outbox outbox;
    private final Clock clock;
    private final jakarta.enterprise.event.Event<CsrRecorded> recorded;

    RecordCsr(
            Drafts drafts,
            Submissions submissions,
            Outbox outbox,
            Clock clock,
            jakarta.enterprise.event.Event<CsrRecorded> recorded) {
        this.drafts = drafts;
        this.submissions = submissions;
        this.outbox = outbox;
        this.clock = clock;
        this.recorded = recorded;
    }

    /**
     * @return the new submission, or the earlier one of which this is a repeat
     * @throws SessionConflict when the session name is taken by something else
     */
    Submission record(Csr csr, ClientAddresses.Pair addresses, IpAddress observed) {
        Draft draft = drafts.draft(csr, addresses, observed);
        try {
            Submission submission = QuarkusTransaction.requiringNew().call(() -> store(draft));
            if (submission.jti().equals(draft.accessUrl().jti())) {
                recorded.fire(new CsrRecorded());
            }
            return submission;
        } catch (TooManyOpenSessions | KeyInUse claimed) {
            // Of two that come at once with the same, the later may stumble over the other's claim.
            return QuarkusTransaction.requiringNew()
                    .call(() -> earlier(draft))
                    .orElseThrow(() -> claimed);
        }
    }

    private Submission store(Draft draft) {
        if (submissions.add(draft, clock.instant())) {
            outbox.add(Event.of(accepted(draft), draft.acceptedAt()));
            return draft.asSubmission();
        }
        return earlier(draft).orElseThrow(SessionConflict::new);
    }

    private Optional<Submission> earlier(Draft draft) {
        return submissions
                .find(draft.nameHash())
                .filter(found -> found.isSame(draft.csrHash(), draft.addresses().client()));
    }

    private static CsrAccepted accepted(Draft draft) {
        return new CsrAccepted(AccessUrl.jtiHash(draft.accessUrl().jti()), draft.csrHash());
    }
}
