package dev.posthouse.common.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.posthouse.common.x509.BouncyCastle;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeIdTest {

    private static final String HEX = "0123456789abcdef".repeat(4);

    @Test
    void isTheHashOfTheKey() throws Exception {
        byte[] spki = Keys.GATEWAY.getPublic().getEncoded();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(spki);

        NodeId id = NodeId.of(Keys.GATEWAY.getPublic());

        assertThat(id.text()).isEqualTo("0" + HexFormat.of().formatHex(hash));
        assertThat(id.hash()).isEqualTo(hash);
        assertThat(id).isEqualTo(NodeId.parse(id.text())).hasToString(id.text());
        assertThat(NodeId.of(SubjectPublicKeyInfo.getInstance(spki))).isEqualTo(id);
    }

    @Test
    void isTheSameForAKeyInWhateverForm() {
        KeyPair signing = Keys.of("RSASSA-PSS", 2048);
        byte[] spki = NodeKey.encode(signing.getPublic());

        assertThat(NodeId.of(signing.getPublic())).isEqualTo(NodeId.of(NodeKey.parse(spki)));
        assertThat(NodeId.of(BouncyCastle.key(Keys.GATEWAY.getPublic())))
                .isEqualTo(NodeId.of(Keys.GATEWAY.getPublic()));
    }

    @Test
    void isNotMadeOfOtherKeys() {
        KeyPair other = Keys.of("EC", 256);

        assertThatIllegalArgumentException().isThrownBy(() -> NodeId.of(other.getPublic()));
    }

    @Test
    void readsAnId() {
        assertThat(NodeId.parse("0" + HEX).text()).isEqualTo("0" + HEX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "1" + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "0" + "0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef",
                "0" + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0",
                "0" + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n",
                "0" + "0123456789abcdeg0123456789abcdef0123456789abcdef0123456789abcdef"
            })
    void refusesAnyOtherText(String text) {
        assertThatExceptionOfType(InvalidNodeId.class).isThrownBy(() -> NodeId.parse(text));
    }
}
