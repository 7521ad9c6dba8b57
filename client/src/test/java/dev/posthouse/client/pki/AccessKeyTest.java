package dev.posthouse.client.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.client.failure.ClientException.FileProblem;
import dev.posthouse.client.pki.AccessKey.Algorithm;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccessKeyTest {

    @ParameterizedTest
    @EnumSource
    void whatThePrivateKeySignsThePublicSetVerifies(Algorithm algorithm) throws Exception {
        AccessKey key = AccessKey.create(algorithm);

        PublicJsonWebKey secret = PublicJsonWebKey.Factory.newPublicJwk(key.privateJwk());
        JsonWebSignature signed = new JsonWebSignature();
        signed.setAlgorithmHeaderValue(secret.getAlgorithm());
        signed.setPayload("posthouse");
        signed.setKey(secret.getPrivateKey());
        JsonWebSignature read = new JsonWebSignature();
        read.setCompactSerialization(signed.getCompactSerialization());
        var open = new JsonWebKeySet(key.publicKeys()).getJsonWebKeys().getFirst();
        read.setKey(open.getKey());

        assertThat(read.verifySignature()).isTrue();
        assertThat(open.getAlgorithm()).isEqualTo(algorithm.toString());
        assertThat(open.getUse()).isEqualTo("sig");
        assertThat(open.getKeyId())
                .isEqualTo(key.keyId())
                .isEqualTo(open.calculateBase64urlEncodedThumbprint("SHA-256"));
    }

    @ParameterizedTest
    @EnumSource
    void thePublicSetHoldsNothingPrivate(Algorithm algorithm) {
        AccessKey key = AccessKey.create(algorithm);

        assertThat(key.publicKeys()).doesNotContain("\"d\"");
        assertThat(key.privateJwk()).contains("\"d\"");
        assertThat(key.toString()).isEqualTo("AccessKey[" + key.keyId() + "]");
    }

    @Test
    void rotationAddsToTheSetAndKeepsPrivatePartsOut() throws Exception {
        AccessKey old = AccessKey.create(Algorithm.ES256);
        AccessKey next = AccessKey.create(Algorithm.EDDSA);

        String careless = "{\"keys\":[" + old.privateJwk() + "]}";
        String both = next.publicKeysBeside(careless);

        assertThat(new JsonWebKeySet(both).getJsonWebKeys())
                .extracting(one -> one.getKeyId())
                .containsExactly(old.keyId(), next.keyId());
        assertThat(both).doesNotContain("\"d\"");
    }

    @Test
    void aFileThatIsNoKeySetIsRefused() {
        AccessKey key = AccessKey.create(Algorithm.ES256);

        assertThatThrownBy(() -> key.publicKeysBeside("[]")).isInstanceOf(FileProblem.class);
        assertThatThrownBy(() -> key.publicKeysBeside("{}")).isInstanceOf(FileProblem.class);
    }
}
