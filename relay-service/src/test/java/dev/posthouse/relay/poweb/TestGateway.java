package dev.posthouse.relay.poweb;

import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.x509.BouncyCastle;
import dev.posthouse.relay.RelayUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInfoGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.util.CollectionStore;

/**
 * A private gateway that countersigns what it delivers, by other means than the service's.
 *
 * @param key its own
 * @param certificate that it shows
 */
record TestGateway(PrivateKey key, NodeCertificate certificate) {

    static final String DELIVERY = "1.3.6.1.4.1.58708.0.3.0";

    /** The one of the vectors. */
    static TestGateway ofTheVectors() {
        return of("private-gateway", "private-gateway");
    }

    static TestGateway of(String key, String certificate) {
        try {
            byte[] pkcs8 = read("keys/" + key + ".pkcs8.der");
            return new TestGateway(
                    KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)),
                    NodeCertificate.parse(read("certs/" + certificate + ".der")));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static byte[] parcel(String name) {
        return read("parcels/" + name + ".bin");
    }

    private static byte[] read(String file) {
        try {
            return Files.readAllBytes(Path.of(RelayUnderTest.VECTORS, file));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    String countersign(byte[] parcel) {
        return countersign(parcel, DELIVERY, false);
    }

    String countersign(byte[] parcel, String purpose, boolean attached) {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(signer());
            generator.addCertificates(
                    new CollectionStore<>(
                            List.of(new X509CertificateHolder(certificate.octets()))));
            byte[] signed =
                    new DERSequence(
                                    new DERTaggedObject[] {
                                        new DERTaggedObject(
                                                false, 0, new ASN1ObjectIdentifier(purpose)),
                                        new DERTaggedObject(false, 1, new DEROctetString(parcel))
                                    })
                            .getEncoded();
            byte[] cms =
                    generator.generate(new CMSProcessableByteArray(signed), attached).getEncoded();
            return Base64.getEncoder().encodeToString(cms);
        } catch (CMSException | IOException | GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private SignerInfoGenerator signer() throws IOException, GeneralSecurityException {
        try {
            return new JcaSignerInfoGeneratorBuilder(
                            new JcaDigestCalculatorProviderBuilder().build())
                    .build(
                            new JcaContentSignerBuilder("SHA256withRSAandMGF1")
                                    .setProvider(BouncyCastle.PROVIDER)
                                    .build(key),
                            new X509CertificateHolder(certificate.octets()));
        } catch (OperatorCreationException impossible) {
            throw new GeneralSecurityException(impossible);
        }
    }
}
