package dev.posthouse.ca.profile;

import dev.posthouse.ca.key.TestIssuer;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;

/** Drafts that cannot be signed. */
public final class TestDrafts {

    private TestDrafts() {}

    /** The same under an issuer whose key is not its certificate's. */
    public static Draft withBrokenIssuer(Draft draft) {
        TestIssuer.Built built = TestIssuer.p256().build();
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return new Draft(
                    draft.serialNumber(),
                    draft.requester(),
                    draft.notBefore(),
                    draft.notAfter(),
                    new TestIssuer.Built(generator.generateKeyPair(), built.issuing(), built.root())
                            .issuer());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
