package dev.posthouse.client.pki;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Period;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * The CA that signs device certificates (certificates, section 10): 3 years, path length 0,
 * serverAuth, critical name constraints. Two of one root can be active while one replaces the
 * other.
 *
 * @param name the first words of its common name
 * @param keyType P-256, P-384 or RSA-3072
 * @param constraints what it may issue for
 */
public record IssuingCa(String name, KeyType keyType, Constraints constraints) {

    /** The first words of its common name, unless told otherwise. */
    public static final String NAME = "Posthouse issuing CA";

    private static final Period LIFETIME = Period.ofYears(3);

    private static final Set<KeyType> KEY_TYPES =
            EnumSet.of(KeyType.P256, KeyType.P384, KeyType.RSA3072);

    public IssuingCa {
        if (!KEY_TYPES.contains(keyType)) {
            throw new IllegalArgumentException(
                    "an issuing CA's key is one of " + KEY_TYPES + ", not " + keyType);
        }
    }

    /** Makes an issuing CA under a root, which it does not outlive. */
    public Authority create(Authority root, Clock clock) {
        KeyPair pair = keyType.generate();
        X509Certificate certificate =
                Draft.issuedBy(
                                root,
                                Names.ofAuthority(name, pair.getPublic()),
                                Validity.from(clock, LIFETIME),
                                pair.getPublic())
                        .authority(0)
                        .purposes(KeyPurposeId.id_kp_serverAuth)
                        .add(Extension.nameConstraints, true, constraints.extension())
                        .sign(root.key());
        List<X509Certificate> chain = new ArrayList<>(List.of(certificate));
        chain.addAll(root.chain());
        return new Authority(pair.getPrivate(), chain);
    }
}
