package dev.posthouse.relay.collection;

import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeCertificates;
import dev.posthouse.common.node.NodeId;
import dev.posthouse.common.node.NodeRole;
import dev.posthouse.relay.MovedClock;
import dev.posthouse.relay.identity.OwnIdentity;
import dev.posthouse.relay.wire.Fields;
import dev.posthouse.testing.RsaKeys;
import dev.posthouse.testing.TestDatabase;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;

/** A private gateway that collects, as the deployed clients do. */
final class CollectingGateway {

    private static final String NONCE_SIGNATURE = "1.3.6.1.4.1.58708.0.3.1";

    private final KeyPair pair;
    private final NodeCertificate certificate;

    CollectingGateway(KeyPair pair, NodeCertificate certificate) {
        this.pair = pair;
        this.certificate = certificate;
    }

    /** One that has registered. */
    static CollectingGateway registered(OwnIdentity identity) {
        CollectingGateway gateway = unregistered(identity);
        TestDatabase.change(
                "insert into gateway (id, registered) values (?, ?)",
                gateway.id().text(),
                Timestamp.from(MovedClock.AT));
        return gateway;
    }

    /** One that has a certificate of ours, and no more. */
    static CollectingGateway unregistered(OwnIdentity identity) {
        return issued(identity, MovedClock.AT);
    }

    /** One whose certificate was issued then. */
    static CollectingGateway issued(OwnIdentity identity, Instant then) {
        KeyPair pair = RsaKeys.next();
        return new CollectingGateway(pair, identity.issueFor(pair.getPublic(), then));
    }

    /** The same, shown by a certificate that it has issued to itself. */
    CollectingGateway withCertificateOfItsOwn() {
        return new CollectingGateway(
                pair,
                NodeCertificates.issue(
                        pair,
                        pair.getPublic(),
                        NodeRole.PRIVATE_GATEWAY,
                        certificate.notBefore(),
                        certificate.notAfter()));
    }

    NodeId id() {
        return certificate.id();
    }

    /** Its answer to a challenge. */
    byte[] answer(byte[] challenge) {
        return answerOf(sign(challenge));
    }

    byte[] sign(byte[] challenge) {
        byte[] nonce = java.util.Arrays.copyOfRange(challenge, 4, challenge.length);
        return detached(Fields.none().identifier(NONCE_SIGNATURE).octets(nonce).encoded());
    }

    static byte[] answerOf(byte[]... signatures) {
        DEROctetString[] octets =
                java.util.Arrays.stream(signatures)
                        .map(DEROctetString::new)
                        .toArray(DEROctetString[]::new);
        try {
            return new DERSequence(new DERTaggedObject(false, 0, new DERSequence(octets)))
                    .getEncoded();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private byte[] detached(byte[] content) {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            X509CertificateHolder holder = new X509CertificateHolder(certificate.octets());
            generator.addSignerInfoGenerator(
                    new JcaSimpleSignerInfoGeneratorBuilder()
                            .setProvider(new BouncyCastleProvider())
                            .build("SHA256WITHRSAANDMGF1", pair.getPrivate(), holder));
            generator.addCertificates(new JcaCertStore(List.of(holder)));
            return generator.generate(new CMSProcessableByteArray(content), false).getEncoded();
        } catch (CMSException
                | GeneralSecurityException
                | IOException
                | OperatorCreationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
