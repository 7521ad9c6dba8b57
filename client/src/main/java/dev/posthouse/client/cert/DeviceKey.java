package dev.posthouse.client.cert;

import dev.posthouse.client.pki.KeyType;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.x509.Pem;
import dev.posthouse.common.x509.SessionName;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * A device's key pair. The private half never leaves the device.
 *
 * @param privateKey for the device's own files alone
 * @param publicKey what the certificate will be about
 */
public record DeviceKey(PrivateKey privateKey, PublicKey publicKey) {

    /** Makes a key. */
    public static DeviceKey create(KeyType type) {
        KeyPair pair = type.generate();
        return new DeviceKey(pair.getPrivate(), pair.getPublic());
    }

    /** A CSR as certificates, section 5 wants it: one common name, one address, nothing else. */
    String csr(SessionName sessionName, IpAddress address) {
        var subject = new X500NameBuilder().addRDN(BCStyle.CN, sessionName.value()).build();
        var octets = new DEROctetString(address.octets());
        var names = new GeneralNames(new GeneralName(GeneralName.iPAddress, octets));
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        try {
            extensions.addExtension(Extension.subjectAlternativeName, false, names);
            byte[] der =
                    new JcaPKCS10CertificationRequestBuilder(subject, publicKey)
                            .addAttribute(
                                    PKCSObjectIdentifiers.pkcs_9_at_extensionRequest,
                                    extensions.generate())
                            .build(
                                    new JcaContentSignerBuilder(
                                                    KeyType.signatureAlgorithm(privateKey))
                                            .build(privateKey))
                            .getEncoded();
            return Pem.encode("CERTIFICATE REQUEST", der);
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("this JDK cannot sign with such a key", e);
        }
    }

    /** Whether what one half signs the other verifies. */
    boolean belongsTogether() {
        try {
            String algorithm = KeyType.signatureAlgorithm(publicKey);
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(privateKey);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "DeviceKey[" + publicKey.getAlgorithm() + "]";
    }
}
