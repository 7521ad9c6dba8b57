package dev.posthouse.client.pki;

import java.security.KeyPair;
import java.time.Clock;
import java.time.Period;

/**
 * The internal service CA (certificates, section 1): P-256, 10 years, path length 0. It is not the
 * CA that issues device certificates.
 */
public final class ServicesCa {

    /** The first words of its common name. */
    public static final String NAME = "Posthouse service CA";

    private static final Period LIFETIME = Period.ofYears(10);

    private ServicesCa() {}

    /** Makes an internal service CA. */
    public static Authority create(String name, Clock clock) {
        KeyPair pair = KeyType.P256.generate();
        return Draft.selfSigned(
                        Names.ofAuthority(name, pair.getPublic()),
                        Validity.from(clock, LIFETIME),
                        pair.getPublic())
                .authority(0)
                .signItself(pair);
    }
}
