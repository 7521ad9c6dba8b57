package dev.posthouse.ca.handover;

import dev.posthouse.ca.CaConfig;
import dev.posthouse.ca.CaException.IssuanceRefused;
import dev.posthouse.ca.profile.CertificateProfile;
import dev.posthouse.ca.profile.Requester;
import dev.posthouse.common.net.AddressRules;
import dev.posthouse.common.net.ForbiddenAddress;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.common.x509.Csr;
import dev.posthouse.common.x509.CsrPolicy;
import dev.posthouse.common.x509.CsrRules;
import dev.posthouse.common.x509.InvalidCsr;
import dev.posthouse.common.x509.KeyBlocklist;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * The rules of certificates, sections 5, 6 and 10, in the order in which they are judged. Each
 * refusal of an issuance is decided here or in what this calls.
 */
@Singleton
@Startup
final class HandoverRules {

    private final CsrRules csrRules;
    private final AddressRules addresses;
    private final CertificateProfile profile;

    HandoverRules(CaConfig settings, CertificateProfile profile) {
        this.addresses =
                new AddressRules(
                        settings.addresses().allowLoopback(),
                        settings.addresses().allowLinkLocal());
        this.csrRules = new CsrRules(policy(settings.csr()));
        this.profile = profile;
    }

    private CsrPolicy policy(CaConfig.CsrRule settings) {
        KeyBlocklist blocked =
                settings.blockedKeys()
                        .map(file ->
                                BadSetting.read(
                                        "ca.csr.blocked-keys", () -> KeyBlocklist.read(file)))
                        .orElseGet(KeyBlocklist::none);
        return new CsrPolicy(
                settings.extensions() == CaConfig.Extensions.IGNORE,
                settings.ed25519(),
                addresses,
                blocked);
    }

    /**
     * Judges a CSR and its addresses.
     *
     * @throws IssuanceRefused at the first rule that is broken
     */
    Requester check(Handover handover) {
        try {
            Csr csr = csrRules.check(handover.csr(), handover.request().session().name());
            Requester requester = requester(handover, csr);
            if (!requester.clientAddr().equals(csr.address())) {
                throw IssuanceRefused.mismatch();
            }
            addresses.requireClient(requester.clientAddr());
            addresses.requireWan(requester.wanAddr());
            profile.requirePermitted(requester);
            return requester;
        } catch (InvalidCsr invalid) {
            throw IssuanceRefused.csr(invalid);
        } catch (ForbiddenAddress forbidden) {
            throw IssuanceRefused.forbidden(forbidden);
        }
    }

    private static Requester requester(Handover handover, Csr csr) {
        return new Requester(
                handover.request().session().jti(),
                csr.sessionName(),
                SubjectPublicKeyInfo.getInstance(csr.spki()),
                address(handover.clientAddr()).orElseThrow(IssuanceRefused::unreadableClient),
                address(handover.wanAddr()).orElseThrow(IssuanceRefused::unreadableWan));
    }

    private static Optional<IpAddress> address(String text) {
        try {
            return Optional.of(IpAddress.parse(text));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }
}
