package dev.posthouse.client.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.posthouse.client.testing.Cms;
import dev.posthouse.client.testing.PohttpVectors;
import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeId;
import dev.posthouse.common.node.NodeRole;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeIdentityTest {

    private static final Instant NOW = PohttpVectors.AT;
    private static final Validity YEAR =
            new Validity(NOW.minus(Duration.ofDays(2)), NOW.plus(Duration.ofDays(360)));
    private static final KeyPair ROOT = NodeKeys.create();
    private static final KeyPair GATEWAY = NodeKeys.create();
    private static final KeyPair ENDPOINT = NodeKeys.create();
    private static final KeyPair SENDER = NodeKeys.create();

    private static final List<NodeRole> PATH =
            List.of(
                    NodeRole.SENDER,
                    NodeRole.ENDPOINT,
                    NodeRole.PRIVATE_GATEWAY,
                    NodeRole.INTERNET_GATEWAY);

    private final NodeIdentity root =
            NodeIdentity.selfIssued(ROOT, NodeRole.INTERNET_GATEWAY, YEAR);
    private final NodeIdentity gateway =
            root.issue(GATEWAY, NodeRole.PRIVATE_GATEWAY, Validity.from(NOW, Validity.LONGEST));

    @Test
    void makesAPathOfFour() {
        Validity month = Validity.from(NOW, Duration.ofDays(30));
        NodeIdentity endpoint = gateway.issue(ENDPOINT, NodeRole.ENDPOINT, month);

        List<NodeCertificate> path = endpoint.issue(SENDER.getPublic(), NodeRole.SENDER, month);

        assertThat(path).hasSize(4);
        for (int i = 0; i < 4; i++) {
            assertThat(path.get(i).isSignedBy(path.get(Math.min(i + 1, 3)))).isTrue();
            assertThat(PATH.get(i).isHeldBy(path.get(i))).isTrue();
        }
        assertThat(path.getFirst().id()).isEqualTo(NodeId.of(SENDER.getPublic()));
        assertThat(path.getFirst().notBefore()).isEqualTo(NOW.minus(Duration.ofHours(3)));
        assertThat(path.getFirst().notAfter()).isEqualTo(NOW.plus(Duration.ofDays(30)));
        assertThat(endpoint.id()).isEqualTo(NodeId.of(ENDPOINT.getPublic()));
        assertThat(endpoint).hasToString("NodeIdentity[" + endpoint.id() + "]");
    }

    @Test
    void nothingIsValidWhenItsIssuerIsNot() {
        Validity wide =
                new Validity(NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(1_000)));

        NodeCertificate endpoint = gateway.issue(ENDPOINT, NodeRole.ENDPOINT, wide).certificate();

        assertThat(endpoint.notBefore()).isEqualTo(gateway.certificate().notBefore());
        assertThat(endpoint.notAfter()).isEqualTo(gateway.certificate().notAfter());
    }

    @Test
    void aNodeThatNobodyVouchesForKeepsItsCertificate() {
        assertThat(root.chainWithoutRoot()).isEqualTo(root.chain());
        assertThat(gateway.chain()).containsExactly(gateway.certificate(), root.certificate());
        assertThat(gateway.chainWithoutRoot()).containsExactly(gateway.certificate());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NodeIdentity(ROOT.getPrivate(), List.of()));
    }

    @Test
    void signsWithoutTheContentToo() {
        byte[] content = {1, 2, 3};

        byte[] signature = new CmsSignature(gateway).detached(content);

        Cms cms = Cms.detached(signature, content);
        assertThat(cms.isSignedBy(gateway.certificate())).isTrue();
        assertThat(cms.certificates()).containsExactly(gateway.certificate());
        assertThat(Cms.detached(signature, new byte[] {1, 2}).isSignedBy(gateway.certificate()))
                .isFalse();
    }
}
