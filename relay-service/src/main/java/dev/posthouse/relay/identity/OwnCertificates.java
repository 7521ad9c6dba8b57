package dev.posthouse.relay.identity;

import dev.posthouse.common.node.NodeCertificate;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.List;

/** Our self-issued certificates (PoHTTP, section 6). */
@Singleton
final class OwnCertificates implements PanacheRepositoryBase<OwnCertificateRow, byte[]> {

    private static final String ADD =
            """
            insert into own_certificate (digest, node_id, certificate, not_before, not_after)
            values (:digest, :node, :certificate, :from, :until)
            on conflict (digest) do nothing
            """;

    private static final String ALL =
            "select * from own_certificate order by not_before desc, not_after desc";

    /** Adds one, unless it is there. */
    void add(NodeCertificate certificate) {
        getSession()
                .createNativeMutationQuery(ADD)
                .setParameter("digest", certificate.digest())
                .setParameter("node", certificate.id().text())
                .setParameter("certificate", certificate.octets())
                .setParameter("from", certificate.notBefore())
                .setParameter("until", certificate.notAfter())
                .executeUpdate();
    }

    /** Those of every key, newest first: two a year, of which none is deleted. */
    List<NodeCertificate> all() {
        return getSession().createNativeQuery(ALL, OwnCertificateRow.class).stream()
                .map(row -> NodeCertificate.parse(row.certificate))
                .toList();
    }
}
