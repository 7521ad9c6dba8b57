package dev.posthouse.client.pki;

import java.security.KeyPair;
import java.time.Clock;
import java.time.Period;

/**
 * The offline root of device certificates (certificates, section 10): P-384, 20 years, path length
 * 1. It signs issuing CAs; its key is never on a service's host.
 */
public final class RootCa {

    /** The first words of its common name. */
    public static final String NAME = "Posthouse device root";

    private static final Period LIFETIME = Period.ofYears(20);

    private RootCa() {}

    /** Makes a root. */
    public static Authority create(String name, Clock clock) {
        KeyPair pair = KeyType.P384.generate();
        return Draft.selfSigned(
                        Names.ofAuthority(name, pair.getPublic()),
                        Validity.from(clock, LIFETIME),
                        pair.getPublic())
                .authority(1)
                .signItself(pair);
    }
}
