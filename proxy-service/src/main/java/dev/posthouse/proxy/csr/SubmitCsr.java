package dev.posthouse.proxy.csr;

import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.wire.CsrResponse;
import dev.posthouse.common.x509.Csr;
import dev.posthouse.common.x509.CsrRules;
import dev.posthouse.common.x509.SessionName;
import dev.posthouse.proxy.address.ClientAddresses;
import dev.posthouse.proxy.lead.LeadEstimate;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Takes a CSR and promises an outcome (certificates, sections 2.1, 5, 6 and 9).
 *
 * <ol>
 *   <li>Let in, or say that there is too much to do.
 *   <li>Check the CSR, then the addresses.
 *   <li>Record it with its AccessURL and its event.
 *   <li>Answer.
 * </ol>
 *
 * A crash before 3 has ended leaves nothing, and the client has no answer; after it, a worker of
 * any replica finds the CSR.
 */
@ApplicationScoped
final class SubmitCsr {

    private final Admission admission;
    private final CsrRules rules;
    private final ClientAddresses addresses;
    private final RecordCsr recordCsr;
    private final LeadEstimate lead;

    SubmitCsr(
            Admission admission,
            CsrRules rules,
            ClientAddresses addresses,
            RecordCsr recordCsr,
            LeadEstimate lead) {
        this.admission = admission;
        this.rules = rules;
        this.addresses = addresses;
        this.recordCsr = recordCsr;
        this.lead = lead;
    }

    CsrResponse submit(String csrText, SessionName sessionName, IpAddress observed) {
        admission.enter();
        Csr csr = rules.check(csrText, sessionName);
        ClientAddresses.Pair pair = addresses.of(csr.address(), observed);
        Submission submission = recordCsr.record(csr, pair, observed);
        boolean waiting = submission.state() == Submission.State.ACCEPTED;
        return new CsrResponse(
                submission.accessUrl(), lead.remaining(submission.acceptedAt(), waiting));
    }
}
