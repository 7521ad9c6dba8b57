package dev.posthouse.relay.ramf;

import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeId;
import dev.posthouse.relay.RelayException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Judges parcels (section 7, steps 3 to 11), cheap things first: what is no parcel is refused with
 * 400, an invalid one with 403. To be made once and shared: it remembers certificates, and which of
 * them verified.
 */
public final class ParcelCheck {

    /** How far clocks may drift apart where a private node is involved (RS-000). */
    private static final Duration DRIFT = Duration.ofHours(2);

    /** How much older than its authorisation a parcel may be. */
    private static final Duration SLACK = Duration.ofHours(3);

    private final OurSide us;
    private final ParcelReader reader;
    private final VerifiedPairs verified = new VerifiedPairs();

    /** For this side. */
    public ParcelCheck(OurSide us) {
        this.us = us;
        this.reader = new ParcelReader(us.legacyFormats(), new KnownCertificates()::read);
    }

    /**
     * Reads a parcel: steps 3 to 5. Nothing is judged yet. The octets are kept, not copied.
     *
     * @throws RelayException 400 for what is no parcel
     */
    public ReadParcel read(byte[] octets) {
        return reader.read(octets);
    }

    /** Whether a parcel names us or nobody as the Internet node. */
    public boolean isForUs(ReadParcel parcel) {
        return us.isNamedBy(parcel);
    }

    /**
     * A parcel for one of our private gateways: steps 3 to 11. The octets are kept, not copied.
     *
     * @throws RelayException 400 for what is no parcel, 403 for an invalid one
     */
    public InboundParcel inbound(byte[] octets, Instant now) {
        return inbound(read(octets), now);
    }

    /**
     * A parcel for one of our private gateways that has been read: steps 6 to 11.
     *
     * @throws RelayException 403 for an invalid one
     */
    public InboundParcel inbound(ReadParcel parcel, Instant now) {
        ReadParcel read = timely(parcel, now);
        NodeId recipient =
                read.fields()
                        .recipient()
                        .id()
                        .filter(named -> us.isNamedBy(read))
                        .orElseThrow(ParcelCheck::foreign);
        return authorised(read, recipient, now);
    }

    /** Of several certificates of its sender any one may authorise it (section 7, step 10). */
    private InboundParcel authorised(ReadParcel read, NodeId recipient, Instant now) {
        SignatureChecks checks = new SignatureChecks(verified, now);
        var path =
                new AuthorisationPath(
                        read.message().certificates(), us.trusted().apply(now), now, checks);
        boolean authorised = false;
        for (NodeCertificate sender : read.message().verify(read.signed(), checks)) {
            Optional<NodeId> gateway = path.privateGateway(sender, recipient);
            if (gateway.isPresent() && isAuthorisedThen(read.fields().created(), sender)) {
                return new InboundParcel(read.signedBy(sender), recipient, gateway.get());
            }
            authorised |= gateway.isPresent();
        }
        throw authorised ? notThen() : unauthorised();
    }

    /**
     * A parcel for another Internet node, whose authorisation its receiver checks: steps 3 to 6, 8
     * and 9, and the sender's certificate in date.
     *
     * @throws RelayException 400 for what is no parcel, 403 for an invalid one
     */
    public Parcel outbound(byte[] octets, Instant now) {
        return outbound(read(octets), now);
    }

    /**
     * The same of a parcel that has been read: steps 6, 8 and 9, and the certificate in date.
     *
     * @throws RelayException 403 for an invalid one
     */
    public Parcel outbound(ReadParcel parcel, Instant now) {
        ReadParcel read = timely(parcel, now);
        SignatureChecks checks = new SignatureChecks(verified, now);
        return read.message().verify(read.signed(), checks).stream()
                .filter(sender -> sender.isValidAt(now))
                .findFirst()
                .map(read::signedBy)
                .orElseThrow(ParcelCheck::notInDate);
    }

    private static ReadParcel timely(ReadParcel read, Instant now) {
        if (read.fields().expires().isBefore(now)) {
            throw RelayException.forbidden("parcel.expired", "The parcel has expired.");
        }
        if (read.fields().created().isAfter(now.plus(DRIFT))) {
            throw RelayException.forbidden("parcel.future", "The parcel is from the future.");
        }
        return read;
    }

    /** RS-001; what was made a little before its authorisation is let pass, clocks being clocks. */
    private static boolean isAuthorisedThen(Instant created, NodeCertificate sender) {
        boolean early = created.isBefore(sender.notBefore().minus(SLACK));
        return !early && !created.isAfter(sender.notAfter());
    }

    private static RelayException notInDate() {
        return RelayException.forbidden(
                "parcel.sender", "The sender's certificate is not in date.");
    }

    private static RelayException notThen() {
        return RelayException.forbidden(
                "parcel.created", "The parcel was made while it was not authorised.");
    }

    private static RelayException foreign() {
        return RelayException.forbidden(
                "parcel.foreign", "The recipient is not at this Internet gateway.");
    }

    private static RelayException unauthorised() {
        return RelayException.forbidden(
                "parcel.path", "The recipient did not authorise the sender.");
    }
}
