package dev.posthouse.ca.profile;

import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.x509.SessionName;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A client whose CSR was checked: all that a certificate needs of it, so that the CSR is never
 * verified twice.
 *
 * @param jti of its AccessURL
 * @param sessionName the subject
 * @param key canonically encoded
 * @param clientAddr in its own network
 * @param wanAddr under which that network appears outside
 */
public record Requester(
        String jti,
        SessionName sessionName,
        SubjectPublicKeyInfo key,
        IpAddress clientAddr,
        IpAddress wanAddr) {

    /** SHA-256 of the key's SubjectPublicKeyInfo, hex. */
    public String keyHash() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return HexFormat.of().formatHex(hash);
        } catch (IOException | NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
