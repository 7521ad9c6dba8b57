package dev.posthouse.ca.handover;

import dev.posthouse.ca.CaConfig;
import dev.posthouse.ca.CaException.IssuanceRefused;
import dev.posthouse.ca.CaException.SessionConflict;
import dev.posthouse.ca.issuance.Announcements;
import dev.posthouse.ca.issuance.Issuances;
import dev.posthouse.ca.issuance.IssueCertificate;
import dev.posthouse.ca.issuance.Recorded;
import dev.posthouse.ca.issuance.Request;
import dev.posthouse.ca.profile.Requester;
import dev.posthouse.common.lead.LeadTime;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;

/**
 * Records what a proxy hands over (certificates, sections 2.2 and 9).
 *
 * <ol>
 *   <li>Judge the CSR and its addresses.
 *   <li>Record the request, or the refusal and whom to tell, unless something stands about its
 *       AccessURL already; commit. Of two at once the first wins.
 *   <li>What stands decides the answer: a repeat gets the one that its first got.
 * </ol>
 *
 * A crash before the commit leaves nothing, and the proxy repeats; after it, all is recorded.
 */
@Singleton
final class AcceptCsr {

    private final HandoverRules rules;
    private final Issuances issuances;
    private final Announcements announcements;
    private final IssueCertificate issueCertificate;
    private final LeadTime leadTime;
    private final boolean uniqueKey;

    AcceptCsr(
            HandoverRules rules,
            Issuances issuances,
            Announcements announcements,
            IssueCertificate issueCertificate,
            LeadTime leadTime,
            CaConfig settings) {
        this.rules = rules;
        this.issuances = issuances;
        this.announcements = announcements;
        this.issueCertificate = issueCertificate;
        this.leadTime = leadTime;
        this.uniqueKey = settings.csr().uniqueKey();
    }

    /**
     * Accepts a request that will be issued or refused.
     *
     * @return lead_time in seconds
     * @throws SessionConflict when the AccessURL stands for something else
     * @throws IssuanceRefused for good
     */
    long accept(Handover handover) {
        Recorded recorded = judgeAndRecord(handover);
        if (!recorded.contentHash().equals(handover.request().contentHash())) {
            throw new SessionConflict();
        }
        if (recorded.refused().isPresent()) {
            throw recorded.refused().get();
        }
        return leadTime.seconds();
    }

    private Recorded judgeAndRecord(Handover handover) {
        Request request = handover.request();
        Recorded recorded;
        try {
            Requester requester = rules.check(handover);
            recorded = QuarkusTransaction.requiringNew().call(() -> receive(request, requester));
            issueCertificate.wake();
        } catch (IssuanceRefused refusal) {
            recorded = QuarkusTransaction.requiringNew().call(() -> refuse(request, refusal));
            announcements.wake();
        }
        return recorded;
    }

    private Recorded receive(Request request, Requester requester) {
        if (!issuances.receive(request, requester)) {
            return issuances.find(request.session()).orElseThrow();
        }
        if (uniqueKey && !issuances.takeKey(request, requester)) {
            throw IssuanceRefused.keyInUse();
        }
        return new Recorded(request.contentHash(), null);
    }

    private Recorded refuse(Request request, IssuanceRefused refusal) {
        if (!issuances.refuse(request, refusal)) {
            return issuances.find(request.session()).orElseThrow();
        }
        announcements.refused(request.session(), request.csrHash(), refusal);
        return new Recorded(request.contentHash(), refusal);
    }
}
