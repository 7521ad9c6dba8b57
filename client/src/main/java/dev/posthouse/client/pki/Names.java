package dev.posthouse.client.pki;

import java.security.PublicKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** Subjects of one common name. */
final class Names {

    private Names() {}

    static X500Name of(String commonName) {
        return new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
    }

    /** An authority's subject: the words given and a few digits of its key. */
    static X500Name ofAuthority(String words, PublicKey key) {
        return of(words + " " + KeyIdentifiers.tail(key));
    }
}
