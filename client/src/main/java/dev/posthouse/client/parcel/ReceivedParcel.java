package dev.posthouse.client.parcel;

import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.OddIntegers;
import dev.posthouse.common.node.PssSignature;
import dev.posthouse.common.x509.BouncyCastle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * A parcel in today's format (RS-001) whose sender signed it. Whether the sender was allowed to
 * send it is for the gateways to judge, which have done so before it comes here.
 *
 * @param content what was signed
 * @param sender the certificate of who signed it
 * @param certificates all that came with it
 */
public record ReceivedParcel(
        ParcelContent content, NodeCertificate sender, List<NodeCertificate> certificates) {

    private static final byte[] HEAD = {'A', 'w', 'a', 'l', 'a', 0x50, 0};

    public ReceivedParcel {
        certificates = List.copyOf(certificates);
    }

    /**
     * Reads a parcel and verifies its signature.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static ReceivedParcel read(byte[] octets) {
        if (octets.length < HEAD.length
                || !Arrays.equals(octets, 0, HEAD.length, HEAD, 0, HEAD.length)) {
            throw new IllegalArgumentException("no parcel in today's format");
        }
        byte[] cms = Arrays.copyOfRange(octets, HEAD.length, octets.length);
        return OddIntegers.allowedIn(() -> signed(cms));
    }

    private static ReceivedParcel signed(byte[] cms) {
        try {
            CMSSignedData data = new CMSSignedData(cms);
            List<NodeCertificate> certificates = certificates(data);
            NodeCertificate sender = signer(data, certificates);
            byte[] content = (byte[]) data.getSignedContent().getContent();
            return new ReceivedParcel(ParcelContent.read(content), sender, certificates);
        } catch (IllegalArgumentException named) {
            throw named;
        } catch (CMSException
                | IOException
                | OperatorCreationException
                | RuntimeException
                | StackOverflowError e) {
            throw new IllegalArgumentException("no signed message", e);
        }
    }

    private static List<NodeCertificate> certificates(CMSSignedData data) throws IOException {
        List<NodeCertificate> certificates = new ArrayList<>();
        for (X509CertificateHolder one : data.getCertificates().getMatches(null)) {
            certificates.add(NodeCertificate.parse(one.getEncoded()));
        }
        return certificates;
    }

    private static NodeCertificate signer(CMSSignedData data, List<NodeCertificate> certificates)
            throws CMSException, OperatorCreationException {
        Collection<SignerInformation> signers = data.getSignerInfos().getSigners();
        if (signers.size() != 1) {
            throw new IllegalArgumentException("a parcel has one signer");
        }
        SignerInformation signer = signers.iterator().next();
        NodeCertificate sender =
                certificates.stream()
                        .filter(one -> one.isNamedBy(signer.toASN1Structure().getSID()))
                        .filter(NodeCertificate::hasUsableKey)
                        .findFirst()
                        .orElseThrow(
                                () -> new IllegalArgumentException("the sender is not attached"));
        if (!isSignedBy(signer, sender)) {
            throw new IllegalArgumentException("the signature is not the sender's");
        }
        return sender;
    }

    private static boolean isSignedBy(SignerInformation signer, NodeCertificate sender)
            throws CMSException, OperatorCreationException {
        return PssSignature.of(signer.toASN1Structure().getDigestEncryptionAlgorithm()).isPresent()
                && signer.verify(
                        new JcaSimpleSignerInfoVerifierBuilder()
                                .setProvider(BouncyCastle.PROVIDER)
                                .build(sender.publicKey()));
    }
}
