package dev.posthouse.relay.identity;

import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.relay.identity.IdentityFiles.Imported;
import dev.posthouse.relay.identity.OwnKeys.Purpose;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides who we are, once for all replicas (PoHTTP, section 6). In one transaction, under a lock:
 *
 * <ol>
 *   <li>Import the operator's key and certificate, unless they are here. Without any, the key that
 *       was added last is ours; without that, a new one.
 *   <li>Issue a certificate, if half the life of the newest is over.
 *   <li>Create a session key, if there is none.
 * </ol>
 */
@Singleton
final class EstablishIdentity {

    private final IdentityFiles files;
    private final OwnKeys keys;
    private final OwnCertificates certificates;
    private final Clock clock;

    EstablishIdentity(
            IdentityFiles files, OwnKeys keys, OwnCertificates certificates, Clock clock) {
        this.files = files;
        this.keys = keys;
        this.certificates = certificates;
        this.clock = clock;
    }

    /**
     * What was decided.
     *
     * @param identity who we are
     * @param sessionKey kept for cargo
     */
    record Established(Identity identity, SessionKey sessionKey) {}

    Established establish() {
        Optional<Imported> imported = files.imported();
        return QuarkusTransaction.requiringNew().call(() -> decide(imported));
    }

    Established decide(Optional<Imported> imported) {
        keys.lock();
        Instant now = clock.instant();
        imported.ifPresent(files -> take(files, now));
        OwnKey key = imported.map(Imported::key).orElseGet(() -> newestKey(now));
        return new Established(renewIfDue(key, now), sessionKey(now));
    }

    /** The certificate that was imported once may have ended when others have followed it. */
    private void take(Imported imported, Instant now) {
        NodeCertificate certificate = imported.certificate();
        if (certificate.isValidAt(now)) {
            certificates.add(certificate);
        } else if (new Identity(imported.key(), certificates.all()).newest(now).isEmpty()) {
            throw new BadSetting("relay.identity.certificate", "is not valid at " + now);
        }
        keys.add(imported.key().id().text(), Purpose.IDENTITY, imported.key().pkcs8(), now);
    }

    private OwnKey newestKey(Instant now) {
        return keys.newest(Purpose.IDENTITY)
                .map(OwnKey::parse)
                .orElseGet(() -> {
                    OwnKey created = OwnKey.create();
                    keys.add(created.id().text(), Purpose.IDENTITY, created.pkcs8(), now);
                    return created;
                });
    }

    private SessionKey sessionKey(Instant now) {
        return keys.newest(Purpose.SESSION)
                .map(SessionKeyPair::parse)
                .orElseGet(() -> {
                    SessionKeyPair created = SessionKeyPair.create();
                    keys.add(created.name(), Purpose.SESSION, created.pkcs8(), now);
                    return created;
                })
                .publicHalf();
    }

    /** Reads what there is now, and adds to it what is due. */
    Identity renew(OwnKey key) {
        return QuarkusTransaction.requiringNew()
                .call(() -> {
                    keys.lock();
                    return renewIfDue(key, clock.instant());
                });
    }

    /** What there is now. */
    Identity read(OwnKey key) {
        return new Identity(key, QuarkusTransaction.requiringNew().call(certificates::all));
    }

    private Identity renewIfDue(OwnKey key, Instant now) {
        Identity identity = new Identity(key, certificates.all());
        if (!identity.isRenewalDue(now)) {
            return identity;
        }
        Identity renewed = identity.renewed(now);
        certificates.add(renewed.certificates().getFirst());
        return renewed;
    }
}
