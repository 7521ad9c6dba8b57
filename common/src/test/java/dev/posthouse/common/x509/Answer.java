package dev.posthouse.common.x509;

import dev.posthouse.common.net.AddressRules;
import dev.posthouse.common.net.ForbiddenAddress;

/** The rules as a test asks them: {@code ok}, or the code of the refusal. */
final class Answer {

    static final SessionName NAME = new SessionName("0123456789abcdef".repeat(4));
    static final String ADDRESS = "192.168.1.7";
    static final CsrPolicy REFUSE =
            new CsrPolicy(false, true, new AddressRules(false, false), key -> false);
    static final CsrPolicy IGNORE =
            new CsrPolicy(true, true, new AddressRules(false, false), key -> false);

    private Answer() {}

    static String to(String csr) {
        return to(csr, REFUSE);
    }

    static String to(String csr, CsrPolicy policy) {
        try {
            new CsrRules(policy).check(csr, NAME);
            return "ok";
        } catch (InvalidCsr refusal) {
            return refusal.code();
        } catch (ForbiddenAddress refusal) {
            return refusal.code();
        }
    }
}
