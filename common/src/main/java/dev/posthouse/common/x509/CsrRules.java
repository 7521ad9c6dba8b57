package dev.posthouse.common.x509;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.posthouse.common.net.ForbiddenAddress;
import dev.posthouse.common.net.IpAddress;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * The rules of certificates, section 5, checked at the proxy and again at the CA.
 *
 * <p>What is cheap comes first: the key is judged before its signature is verified, and that once.
 */
public final class CsrRules {

    private static final int MAX_SIZE = 16 * 1024;
    private static final int ATTRIBUTES = 0xa0;

    private final CsrPolicy policy;
    private final KeyRules keyRules;

    /** The rules as one service has them. */
    public CsrRules(CsrPolicy policy) {
        this.policy = policy;
        this.keyRules = new KeyRules(policy);
    }

    /**
     * Reads a CSR and lets it pass, or names the first rule that it breaks.
     *
     * @throws InvalidCsr with that rule's code
     * @throws ForbiddenAddress if its address is not one for a certificate
     */
    public Csr check(String csrText, SessionName sessionName) {
        Pem.Read read = Pem.request(csrText);
        require(read.der().length <= MAX_SIZE, "csr.size", "The request is over 16 KiB.");
        List<Der> request = Der.read(read.der()).sequence(3, 3);
        Der info = request.getFirst();
        List<Der> parts = info.sequence(3, 4);
        boolean v1 = Arrays.equals(parts.getFirst().content(Der.INTEGER), new byte[] {0});
        require(v1, "csr.version", "The request's version is not 0.");
        checkSubject(parts.get(1), sessionName);
        List<Der> attributes = parts.size() == 3 ? List.of() : parts.get(3).parts(ATTRIBUTES);
        IpAddress address = RequestedSan.address(attributes, policy.ignoreExtensions());
        policy.addresses().requireClient(address);
        CsrKey key = keyRules.check(parts.get(2));
        SignatureRules.check(request.get(1), key, info, request.getLast().bits());
        return new Csr(read, sessionName, address, key);
    }

    private static void checkSubject(Der subject, SessionName sessionName) {
        List<Der> names = subject.parts(Der.SEQUENCE);
        require(names.size() == 1, "csr.subject", "The subject has not exactly one name.");
        List<Der> attributes = names.getFirst().parts(Der.SET);
        require(
                attributes.size() == 1,
                "csr.subject",
                "The subject has not exactly one attribute.");
        List<Der> attribute = attributes.getFirst().sequence(2, 2);
        Der value = attribute.getLast();
        require(
                attribute.getFirst().is(BCStyle.CN)
                        && (value.is(Der.UTF8_STRING) || value.is(Der.PRINTABLE_STRING)),
                "csr.subject",
                "The subject is not a common name in UTF8String or PrintableString.");
        require(
                new String(value.content(), UTF_8).equals(sessionName.value()),
                "csr.subject.mismatch",
                "The subject's common name is not the session name.");
    }

    private static void require(boolean holds, String code, String message) {
        InvalidCsr.unless(holds, code, message);
    }
}
