package dev.posthouse.relay.ramf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Steps 10 and 11 of section 7, and what section 14 tells of certificates. */
final class AuthorisationPathTest {

    private static final String PATH = "403 parcel.path";
    private static final Instant PAST = Vectors.AT.minusSeconds(1);
    private static final Instant COMING = Vectors.AT.plusSeconds(1);

    private final NodeCertificate sender = MadeCertificate.sender();
    private final NodeCertificate endpoint = MadeCertificate.endpoint();
    private final NodeCertificate gateway = MadeCertificate.gateway();

    @Test
    void takesAPathOfFour() {
        assertThat(judged(sender, endpoint, gateway)).isEqualTo("202");
        assertThat(judged(sender, gateway, endpoint)).isEqualTo("202");
    }

    /** A setting or rotation may have brought them about. */
    @Test
    void takesAnyGoodOneOfSeveral() {
        NodeCertificate oldEndpoint = endpoint().notAfter(PAST).make();
        NodeCertificate newGateway = gateway().notBefore(COMING).make();
        NodeCertificate unrelated = MadeCertificate.of(Node.STRANGER, Node.STRANGER).make();

        assertThat(
                        judged(
                                sender,
                                oldEndpoint,
                                newGateway,
                                unrelated,
                                Vectors.ROOT,
                                endpoint,
                                sender,
                                gateway,
                                gateway))
                .isEqualTo("202");
    }

    @Test
    void needsEveryoneOfThem() {
        assertThat(judged(sender, gateway)).isEqualTo(PATH);
        assertThat(judged(sender, endpoint)).isEqualTo(PATH);
        assertThat(judged(sender)).isEqualTo(PATH);
    }

    @Test
    void needsEveryoneAlive() {
        assertThat(judged(leaf().notAfter(PAST).make(), endpoint, gateway)).isEqualTo(PATH);
        assertThat(judged(leaf().notBefore(COMING).make(), endpoint, gateway)).isEqualTo(PATH);
        assertThat(judged(sender, endpoint().notAfter(PAST).make(), gateway)).isEqualTo(PATH);
        assertThat(judged(sender, endpoint().notBefore(COMING).make(), gateway)).isEqualTo(PATH);
        assertThat(judged(sender, endpoint, gateway().notAfter(PAST).make())).isEqualTo(PATH);
        assertThat(judged(sender, endpoint, gateway().notBefore(COMING).make())).isEqualTo(PATH);
        assertThat(judged(leaf().notAfter(Vectors.AT).make(), endpoint, gateway)).isEqualTo("202");
    }

    @Test
    void needsALivingRoot() {
        NodeCertificate old = root().notAfter(PAST).make();
        NodeCertificate living = root().make();
        byte[] parcel = parcel(sender, endpoint, gateway).make();

        assertThat(Judged.status(trusting(old), parcel, Vectors.AT)).isEqualTo(PATH);
        assertThat(Judged.status(trusting(), parcel, Vectors.AT)).isEqualTo(PATH);
        assertThat(Judged.status(trusting(old, living), parcel, Vectors.AT)).isEqualTo("202");
    }

    @Test
    void letsNobodyIssueWhoMayNot() {
        NodeCertificate noCa =
                MadeCertificate.of(Node.ENDPOINT, Node.PRIVATE_GATEWAY).leaf().make();
        NodeCertificate gatewayNoCa =
                MadeCertificate.of(Node.PRIVATE_GATEWAY, Node.GATEWAY).leaf().make();

        assertThat(judged(sender, noCa, gateway)).isEqualTo(PATH);
        assertThat(judged(sender, endpoint, gatewayNoCa)).isEqualTo(PATH);
        assertThat(judged(sender, endpoint, gateway().pathLength(0).make())).isEqualTo(PATH);
        assertThat(judged(leaf(true), endpoint, gateway)).isEqualTo(PATH);
        assertThat(judged(sender, endpoint().pathLength(9).make(), gateway().pathLength(9).make()))
                .isEqualTo("202");
        assertThat(
                        judged(
                                sender,
                                unbounded(Node.ENDPOINT, Node.PRIVATE_GATEWAY),
                                unbounded(Node.PRIVATE_GATEWAY, Node.GATEWAY)))
                .isEqualTo("202");
    }

    @Test
    void needsARootThatMayHaveTwoBelow() {
        byte[] parcel = parcel(sender, endpoint, gateway).make();
        ParcelCheck check = trusting(root().pathLength(1).make());

        assertThat(Judged.status(check, parcel, Vectors.AT)).isEqualTo(PATH);
    }

    @ParameterizedTest
    @EnumSource(names = {"PSS_SHA1", "PSS_SHORT_SALT", "PKCS1"})
    void takesNoOtherSignatureInCertificates(Algorithm algorithm) {
        assertThat(judged(leaf().signedWith(algorithm).make(), endpoint, gateway)).isEqualTo(PATH);
        assertThat(judged(sender, endpoint().signedWith(algorithm).make(), gateway))
                .isEqualTo(PATH);
        assertThat(judged(sender, endpoint, gateway().signedWith(algorithm).make()))
                .isEqualTo(PATH);
    }

    @Test
    void takesNoOtherKeysOnTheWay() {
        assertThat(through(Node.made("RSA", 1024), Algorithm.PSS)).isEqualTo(PATH);
        assertThat(through(Node.made("EC", 256), Algorithm.ECDSA)).isEqualTo(PATH);
        assertThat(through(Node.made("RSA", 3072), Algorithm.PSS)).isEqualTo("202");
    }

    private String through(Node other, Algorithm algorithm) {
        return judged(
                sender,
                MadeCertificate.of(Node.ENDPOINT, other).signedWith(algorithm).make(),
                MadeCertificate.of(other, Node.GATEWAY).pathLength(1).make());
    }

    @Test
    void goesByKeysWhereTheIdentifierIsMissingOnly() {
        assertThat(
                        judged(
                                leaf().noAuthority().make(),
                                endpoint().noAuthority().make(),
                                gateway().noAuthority().make()))
                .isEqualTo("202");
        assertThat(judged(leaf().authority(Node.STRANGER.id()).make(), endpoint, gateway))
                .isEqualTo(PATH);
    }

    @Test
    void understandsWhatIsCritical() {
        String policies = Extension.certificatePolicies.getId();

        assertThat(judged(leaf().critical(policies).make(), endpoint, gateway)).isEqualTo(PATH);
        assertThat(judged(sender, endpoint().critical(policies).make(), gateway)).isEqualTo(PATH);
        assertThat(judged(sender, endpoint, gateway().critical(policies).make())).isEqualTo(PATH);
    }

    /** Any private gateway may issue a certificate with somebody else's name. */
    @Test
    void believesNoName() {
        Node evil = Node.STRANGER;
        String name = Node.ENDPOINT.id().text();
        NodeCertificate spoof =
                MadeCertificate.of(evil, Node.PRIVATE_GATEWAY).named(name).pathLength(0).make();
        NodeCertificate authorised = MadeCertificate.of(Node.SENDER, evil).leaf().make();

        assertThat(judged(authorised, spoof, gateway)).isEqualTo(PATH);
    }

    /** Whoever claims the recipient's key without holding it. */
    @Test
    void needsTheRecipientsOwnSignature() {
        NodeCertificate forged =
                MadeCertificate.of(Node.SENDER, Node.STRANGER)
                        .authority(Node.ENDPOINT.id())
                        .leaf()
                        .make();

        assertThat(judged(forged, endpoint, gateway)).isEqualTo(PATH);
    }

    @Test
    void isNotForACousinOfTheRecipient() {
        Node cousin = Node.STRANGER;
        NodeCertificate other =
                MadeCertificate.of(cousin, Node.PRIVATE_GATEWAY).pathLength(0).make();
        NodeCertificate byCousin = MadeCertificate.of(Node.SENDER, cousin).leaf().make();

        assertThat(judged(byCousin, other, endpoint, gateway)).isEqualTo(PATH);
        assertThat(
                        Judged.status(
                                parcel(byCousin, other, gateway)
                                        .fields(new MadeFields().to(cousin.id().text()))))
                .isEqualTo("202");
    }

    /** The recipient issued by us, the root once more: not the four that are meant. */
    @Test
    void takesUsForNoPrivateGateway() {
        NodeCertificate direct = MadeCertificate.of(Node.ENDPOINT, Node.GATEWAY).make();

        assertThat(judged(sender, direct, Vectors.ROOT)).isEqualTo(PATH);
    }

    @Test
    void takesNoFive() {
        Node between = Node.STRANGER;

        assertThat(
                        judged(
                                sender,
                                unbounded(Node.ENDPOINT, Node.PRIVATE_GATEWAY),
                                unbounded(Node.PRIVATE_GATEWAY, between),
                                unbounded(between, Node.GATEWAY)))
                .isEqualTo(PATH);
    }

    @Test
    void endsInLoops() {
        Node a = Node.PRIVATE_GATEWAY;
        Node b = Node.STRANGER;

        assertThat(
                        judged(
                                sender,
                                unbounded(Node.ENDPOINT, a),
                                unbounded(a, b),
                                unbounded(b, a),
                                unbounded(a, a)))
                .isEqualTo(PATH);
    }

    @Test
    void endsAmongCrossCertificates() {
        Node a = Node.PRIVATE_GATEWAY;
        NodeCertificate[] cross =
                Stream.concat(
                                Stream.of(sender),
                                IntStream.range(0, 15)
                                        .mapToObj(i ->
                                                i % 2 == 0
                                                        ? forged(Node.ENDPOINT, a)
                                                        : forged(a, Node.GATEWAY)))
                        .toArray(NodeCertificate[]::new);

        assertThat(judged(cross)).isEqualTo(PATH);
    }

    /** The one before the last would do, but is not reached. */
    @Test
    void checksSoManySignaturesAndNoMore() {
        SignatureChecks checks = new SignatureChecks(new VerifiedPairs(), Vectors.AT);
        List<NodeCertificate> attached =
                IntStream.range(0, 40).mapToObj(i -> forged(Node.SENDER, Node.ENDPOINT)).toList();
        int refused = 0;
        for (NodeCertificate certificate : attached) {
            try {
                assertThat(checks.isSigned(certificate, endpoint)).isFalse();
            } catch (dev.posthouse.relay.RelayException spent) {
                assertThat(spent.code()).isEqualTo("parcel.path");
                refused++;
            }
        }

        assertThat(refused).isEqualTo(40 - SignatureChecks.MOST);
    }

    @Test
    void takesSixteenCertificatesAndNoMore() {
        NodeCertificate[] sixteen = with(13);
        NodeCertificate[] seventeen = with(14);

        assertThat(judged(sixteen)).isEqualTo("202");
        assertThat(judged(seventeen)).isEqualTo("403 parcel.certificates");
    }

    /** The order of section 7: whether it is a parcel comes before what is wrong with it. */
    @Test
    void looksAtTheFieldsBeforeItCountsCertificates() {
        MadeParcel seventeen = parcel(with(14));

        Judged.refused(seventeen.content(new byte[] {0x30, 0}), 400, "parcel.fields");
    }

    @Test
    void remembersWhatVerified() {
        VerifiedPairs pairs = new VerifiedPairs();
        SignatureChecks first = new SignatureChecks(pairs, Vectors.AT);

        assertThat(first.isSigned(sender, endpoint)).isTrue();
        assertThat(pairs.contains(sender, endpoint)).isTrue();
        assertThat(pairs.contains(endpoint, sender)).isFalse();
        assertThat(first.isSigned(sender, gateway)).isFalse();
        assertThat(pairs.contains(sender, gateway)).isFalse();
        SignatureChecks spent = new SignatureChecks(pairs, Vectors.AT);
        for (int check = 0; check < SignatureChecks.MOST; check++) {
            assertThat(spent.isSigned(sender, gateway)).isFalse();
        }
        assertThat(spent.isSigned(sender, endpoint)).as("free of charge").isTrue();
    }

    @Test
    void forgetsWhatEndedAndWhatIsTooMuch() {
        AtomicLong ticks = new AtomicLong();
        VerifiedPairs pairs = new VerifiedPairs(1, ticks::get);
        Duration life = Duration.between(Vectors.AT, sender.notAfter());
        pairs.add(sender, endpoint, Vectors.AT);
        ticks.addAndGet(life.toNanos() - 1);
        assertThat(pairs.contains(sender, endpoint)).isTrue();
        ticks.incrementAndGet();
        assertThat(pairs.contains(sender, endpoint)).isFalse();

        pairs.add(sender, endpoint, sender.notAfter().plusSeconds(1));
        assertThat(pairs.size()).isZero();
        pairs.add(sender, endpoint, Vectors.AT);
        pairs.add(endpoint, gateway, Vectors.AT);
        assertThat(pairs.size()).isEqualTo(1);
    }

    /** What verified once is judged anew all the same, once it has ended. */
    @Test
    void refusesLaterWhatItTookBefore() {
        ParcelCheck check = new ParcelCheck(Vectors.gateway(true));
        Instant end = Vectors.AT.plusSeconds(60);
        byte[] parcel = parcel(sender, endpoint().notAfter(end).make(), gateway).make();

        assertThat(Judged.status(check, parcel, end)).isEqualTo("202");
        assertThat(Judged.status(check, parcel, end.plusSeconds(1))).isEqualTo(PATH);
    }

    @Test
    void needsTheAuthorisationWhenItWasMade() {
        Instant start = Vectors.AT.minus(Duration.ofHours(1));
        NodeCertificate late = leaf().notBefore(start).make();
        MadeFields fields = new MadeFields().ttl(100_000);

        assertThat(made(late, fields.created(start.minus(Duration.ofHours(3))))).isEqualTo("202");
        assertThat(made(late, fields.created(start.minus(Duration.ofHours(3)).minusSeconds(1))))
                .isEqualTo("403 parcel.created");
        NodeCertificate ending = leaf().notAfter(COMING).make();
        assertThat(made(ending, fields.created(COMING))).isEqualTo("202");
        assertThat(made(ending, fields.created(COMING.plusSeconds(1))))
                .isEqualTo("403 parcel.created");
    }

    private String made(NodeCertificate leaf, MadeFields fields) {
        return Judged.status(parcel(leaf, endpoint, gateway).fields(fields));
    }

    private NodeCertificate[] with(int others) {
        NodeCertificate[] all = new NodeCertificate[3 + others];
        Arrays.setAll(all, i -> MadeCertificate.of(Node.STRANGER, Node.STRANGER).make());
        all[0] = sender;
        all[all.length - 2] = endpoint;
        all[all.length - 1] = gateway;
        return all;
    }

    private static NodeCertificate forged(Node subject, Node issuer) {
        NodeId authority = issuer.id();
        return MadeCertificate.of(subject, Node.STRANGER).authority(authority).make();
    }

    private static NodeCertificate unbounded(Node subject, Node issuer) {
        return MadeCertificate.of(subject, issuer).make();
    }

    private static NodeCertificate leaf(boolean ca) {
        return ca ? unbounded(Node.SENDER, Node.ENDPOINT) : leaf().make();
    }

    private static MadeCertificate leaf() {
        return MadeCertificate.of(Node.SENDER, Node.ENDPOINT).leaf();
    }

    private static MadeCertificate endpoint() {
        return MadeCertificate.of(Node.ENDPOINT, Node.PRIVATE_GATEWAY).pathLength(0);
    }

    private static MadeCertificate gateway() {
        return MadeCertificate.of(Node.PRIVATE_GATEWAY, Node.GATEWAY).pathLength(1);
    }

    private static MadeCertificate root() {
        return MadeCertificate.of(Node.GATEWAY, Node.GATEWAY).pathLength(2);
    }

    private static ParcelCheck trusting(NodeCertificate... roots) {
        return new ParcelCheck(new OurSide(Set.of(Vectors.ADDRESS), now -> List.of(roots), false));
    }

    private static MadeParcel parcel(NodeCertificate... certificates) {
        return new MadeParcel().certificates(certificates);
    }

    private static String judged(NodeCertificate... certificates) {
        return Judged.status(parcel(certificates));
    }
}
