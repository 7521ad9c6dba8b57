package dev.posthouse.ca.issuance;

import dev.posthouse.ca.CaException.IssuanceRefused;
import dev.posthouse.ca.profile.Requester;
import dev.posthouse.ca.publication.Session;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.x509.SessionName;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Table {@code issuance}. */
@Entity
@Table(name = "issuance")
class IssuanceRow {
    @Id String jti;

    @Enumerated(EnumType.STRING)
    IssuanceState state;

    String csrHash;
    String contentHash;
    String sessionName;
    String accessUrl;
    byte[] spki;
    String clientAddr;
    String wanAddr;
    Integer refusalStatus;
    String refusalCode;
    String refusalDetail;
    Instant receivedAt;
    Instant expiresAt;
    int attempts;
    Instant dueAt;
    String traceparent;

    static IssuanceRow received(Request request, Requester requester) {
        IssuanceRow row = of(request);
        row.state = IssuanceState.RECEIVED;
        row.spki = spki(requester);
        row.clientAddr = requester.clientAddr().text();
        row.wanAddr = requester.wanAddr().text();
        return row;
    }

    static IssuanceRow refused(Request request, IssuanceRefused refusal) {
        IssuanceRow row = of(request);
        row.refuse(refusal);
        return row;
    }

    private static IssuanceRow of(Request request) {
        IssuanceRow row = new IssuanceRow();
        row.jti = request.session().jti();
        row.csrHash = request.csrHash();
        row.contentHash = request.contentHash();
        row.sessionName = request.session().name().value();
        row.accessUrl = request.session().accessUrl();
        row.receivedAt = request.session().received();
        row.expiresAt = request.session().expires();
        row.traceparent = request.session().traceparent();
        return row;
    }

    void refuse(IssuanceRefused refusal) {
        state = IssuanceState.REFUSED;
        refusalStatus = refusal.status();
        refusalCode = refusal.code();
        refusalDetail = refusal.getMessage();
    }

    Recorded toRecorded() {
        return new Recorded(
                contentHash,
                refusalCode == null
                        ? null
                        : new IssuanceRefused(refusalStatus, refusalCode, refusalDetail));
    }

    Issuance toIssuance() {
        SessionName name = new SessionName(sessionName);
        return new Issuance(
                new Session(jti, name, accessUrl, receivedAt, expiresAt, traceparent),
                new Requester(
                        jti,
                        name,
                        SubjectPublicKeyInfo.getInstance(spki),
                        IpAddress.parse(clientAddr),
                        IpAddress.parse(wanAddr)),
                csrHash,
                attempts);
    }

    private static byte[] spki(Requester requester) {
        try {
            return requester.key().getEncoded(ASN1Encoding.DER);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
