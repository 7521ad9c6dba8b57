package dev.posthouse.common.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatRuntimeException;

import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.junit.jupiter.api.Test;

final class OddIntegersTest {

    private static final byte[] ODD = {2, 2, 0, 1};

    @Test
    void areReadWhileAllowed() {
        assertThat(OddIntegers.allowedIn(() -> Asn1.read(ODD))).isInstanceOf(ASN1Integer.class);
        assertThatRefused();
    }

    @Test
    void areReadUntilTheOutermostEnds() {
        ASN1Primitive second =
                OddIntegers.allowedIn(() -> {
                    OddIntegers.allowedIn(() -> Asn1.read(ODD));
                    return Asn1.read(ODD);
                });

        assertThat(second).isInstanceOf(ASN1Integer.class);
        assertThatRefused();
    }

    @Test
    void areRefusedAgainAfterAFailure() {
        assertThatRuntimeException()
                .isThrownBy(() -> OddIntegers.allowedIn(() -> Asn1.read(new byte[0])));

        assertThatRefused();
    }

    private static void assertThatRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Asn1.read(ODD));
    }
}
