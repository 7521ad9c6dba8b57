package dev.posthouse.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.node.NodeId;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RsaKeysTest {

    @Test
    void makesPairsThatSignAndAreAllDifferent() throws Exception {
        List<KeyPair> pairs = Stream.generate(RsaKeys::next).limit(7).toList();

        assertThat(pairs).extracting(pair -> NodeId.of(pair.getPublic())).doesNotHaveDuplicates();
        for (KeyPair pair : pairs) {
            assertThat(((RSAPublicKey) pair.getPublic()).getModulus().bitLength()).isEqualTo(2048);
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update((byte) 1);
            byte[] signed = signature.sign();
            signature.initVerify(pair.getPublic());
            signature.update((byte) 1);
            assertThat(signature.verify(signed)).isTrue();
        }
    }
}
