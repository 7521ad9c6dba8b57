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
 * <p>What is cheap comes first; the key is judged before its signature is verified, and that once.
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
        InvalidCsr.unless(read.der().length <= MAX_SIZE, "csr.size", "The CSR is over 16 KiB.");
        List<Der> request = Der.read(read.der()).sequence(3, 3);
        List<Der> info = request.getFirst().sequence(3, 4);
        boolean v1 = Arrays.equals(info.getFirst().content(Der.INTEGER), new byte[] {0});
        InvalidCsr.unless(v1, "csr.version", "The CSR's version is not 0.");
        checkSubject(info.get(1), sessionName);
        List<Der> attributes = info.size() == 3 ? List.of() : info.get(3).parts(ATTRIBUTES);
        IpAddress address = RequestedSan.address(attributes, policy.ignoreExtensions());
        policy.addresses().requireClient(address);
        CsrKey key = keyRules.check(info.get(2));
        SignatureRules.check(request.get(1), key, request.getFirst(), request.getLast().bits());
        return new Csr(read, sessionName, address, key);
    }

    private static void checkSubject(Der subject, SessionName sessionName) {
        List<Der> names = subject.parts(Der.SEQUENCE);
        boolean oneName = names.size() == 1 && names.getFirst().parts(Der.SET).size() == 1;
        InvalidCsr.unless(oneName, "csr.subject", "The subject is not exactly one attribute.");
        List<Der> name = names.getFirst().parts(Der.SET).getFirst().sequence(2, 2);
        Der text = name.getLast();
        boolean commonName =
                name.getFirst().is(BCStyle.CN)
                        && (text.is(Der.UTF8_STRING) || text.is(Der.PRINTABLE_STRING));
        InvalidCsr.unless(commonName, "csr.subject", "The subject is not a common name.");
        boolean same = new String(text.content(), UTF_8).equals(sessionName.value());
        InvalidCsr.unless(same, "csr.subject.mismatch", "The common name is not the session name.");
    }
}
