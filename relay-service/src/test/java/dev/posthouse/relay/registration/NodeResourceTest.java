package dev.posthouse.relay.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeRole;
import dev.posthouse.relay.MovedClock;
import dev.posthouse.relay.RelayUnderTest;
import dev.posthouse.relay.gateway.Gateways;
import dev.posthouse.relay.identity.OwnIdentity;
import dev.posthouse.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.junit.jupiter.api.Test;

/** A node registers (PoHTTP, section 11.1). */
@QuarkusTest
class NodeResourceTest {

    private static final long SEED = 11;

    private final TestNode node = TestNode.create();

    @Inject OwnIdentity us;
    @Inject Gateways gateways;
    @Inject ForgetAuthorizations forget;
    @Inject MovedClock clock;

    private static ASN1TaggedObject field(ASN1Sequence sequence, int place) {
        ASN1TaggedObject field = ASN1TaggedObject.getInstance(sequence.getObjectAt(place));
        assertThat(field.hasContextTag(place)).isTrue();
        return field;
    }

    private static byte[] octets(ASN1Sequence sequence, int place) {
        return ASN1OctetString.getInstance(field(sequence, place), false).getOctets();
    }

    private static void assertRefused(Response response, int status, String message) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.contentType()).isEqualTo("application/json");
        assertThat(response.jsonPath().getString("message")).isEqualTo(message);
    }

    @Test
    void registers() throws Exception {
        Response response = TestNode.post(node.request(node.authorization()));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.header("Content-Type"))
                .isEqualTo("application/vnd.awala.node-registration.registration");
        ASN1Sequence registration =
                ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(response.asByteArray()));
        assertThat(registration.size()).isEqualTo(4);
        NodeCertificate certificate = NodeCertificate.parse(octets(registration, 0));
        NodeCertificate ours = NodeCertificate.parse(octets(registration, 1));
        assertThat(certificate.id()).isEqualTo(node.id());
        assertThat(certificate.isSignedBy(ours)).isTrue();
        assertThat(certificate.isValidAt(clock.instant())).isTrue();
        assertThat(NodeRole.PRIVATE_GATEWAY.isHeldBy(certificate)).isTrue();
        assertThat(ours).isEqualTo(us.certificate());
        assertThat(octets(registration, 2)).asString().isEqualTo(RelayUnderTest.ADDRESS);
        assertSessionKey(ASN1Sequence.getInstance(field(registration, 3), false));
        assertThat(gateways.isRegistered(node.id())).isTrue();
    }

    private static void assertSessionKey(ASN1Sequence sessionKey) throws GeneralSecurityException {
        assertThat(sessionKey.size()).isEqualTo(2);
        assertThat(octets(sessionKey, 0)).isNotEmpty();
        PublicKey key =
                KeyFactory.getInstance("EC")
                        .generatePublic(new X509EncodedKeySpec(octets(sessionKey, 1)));
        assertThat(((ECPublicKey) key).getParams().getCurve().getField().getFieldSize())
                .isEqualTo(256);
        assertThat(octets(sessionKey, 1)).hasSize(91);
    }

    @Test
    void registersLongerKeys() {
        TestNode strong = TestNode.create(3072);

        strong.register();

        assertThat(gateways.isRegistered(strong.id())).isTrue();
    }

    @Test
    void registersAgainForANewCertificate() {
        node.register();
        byte[] first = node.register();

        assertThat(node.register()).isNotEqualTo(first);
    }

    @Test
    void takesAnAuthorisationOnce() {
        byte[] authorization = node.authorization();
        TestNode.post(node.request(authorization)).then().statusCode(200);

        assertRefused(
                TestNode.post(node.request(authorization)),
                403,
                "The authorisation has been used.");
        assertRefused(
                TestNode.post(node.request(inAnotherEncoding(authorization))),
                403,
                "The authorisation has been used.");
    }

    /** The length of the whole in three octets instead of two. */
    private static byte[] inAnotherEncoding(byte[] authorization) {
        String hex = HexFormat.of().formatHex(authorization);
        return HexFormat.of().parseHex(hex.replaceFirst("^3082", "308300"));
    }

    @Test
    void takesAnAuthorisationOnceHoweverManyComeTogether() throws Exception {
        byte[] request = node.request(node.authorization());
        Callable<Integer> register = () -> TestNode.post(request).statusCode();
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = many.invokeAll(Collections.nCopies(10, register));

            assertThat(answers).extracting(Future::resultNow).containsOnly(200, 403);
            assertThat(answers).filteredOn(answer -> answer.resultNow() == 200).hasSize(1);
        }
    }

    @Test
    void refusesAnExpiredAuthorisation() {
        byte[] request = node.request(node.authorization());
        clock.during(
                Duration.ofSeconds(11),
                () -> assertRefused(TestNode.post(request), 400, "The authorisation has expired."));
    }

    @Test
    void refusesAnAuthorisationForAnotherKey() {
        TestNode other = TestNode.create();

        assertRefused(
                TestNode.post(node.request(other.authorization())),
                403,
                "The authorisation is for another key.");
    }

    @Test
    void refusesACountersignatureByAnotherKey() {
        TestNode other = TestNode.create();
        byte[] authorization = node.authorization();

        assertRefused(
                TestNode.post(
                        TestNode.structure(
                                node.publicKey(),
                                authorization,
                                other.countersignature(authorization))),
                400,
                "The countersignature is not by this key.");
        assertRefused(
                TestNode.post(TestNode.structure(node.publicKey(), authorization, new byte[256])),
                400,
                "The countersignature is not by this key.");
        assertThat(gateways.isRegistered(node.id())).isFalse();
    }

    @Test
    void refusesAnAuthorisationThatIsNotOurs() {
        byte[] authorization = node.authorization();
        // A bit of the time, of the data and of the signature.
        for (int place : new int[] {19, 30, 60, authorization.length - 1}) {
            byte[] forged = authorization.clone();
            forged[place] ^= 1;

            assertRefused(
                    TestNode.post(node.request(forged)),
                    400,
                    "The authorisation is not one of ours.");
        }
        assertRefused(
                TestNode.post(node.request(new byte[0])),
                400,
                "The authorisation is not one of ours.");
    }

    @Test
    void refusesAKeyThatNoNodeHas() throws GeneralSecurityException {
        byte[] authorization = node.authorization();
        byte[] weak = TestNode.create(1024).publicKey();
        for (byte[] key : List.of(weak, new byte[0], Arrays.copyOf(node.publicKey(), 200))) {
            assertRefused(
                    TestNode.post(
                            TestNode.structure(
                                    key, authorization, node.countersignature(authorization))),
                    400,
                    "The key is not an RSA key of 2048 bits or more.");
        }
    }

    @Test
    void refusesWhoIsRevoked() {
        TestDatabase.change(
                "insert into gateway (id, revoked) values (?, now())", node.id().text());

        assertRefused(
                TestNode.post(node.request(node.authorization())),
                403,
                "This private gateway is not served any longer.");
    }

    @Test
    void refusesAnotherTypeAndTooMuch() {
        TestNode.somebody()
                .contentType("application/octet-stream")
                .body(node.request(node.authorization()))
                .post("/v1/nodes")
                .then()
                .statusCode(415);
        assertThat(TestNode.post(new byte[16 * 1024 + 1]).statusCode()).isEqualTo(413);
    }

    @Test
    void refusesWhateverIsNoRequest() {
        Random random = new Random(SEED);
        byte[] good = TestNode.structure(node.publicKey(), new byte[330], new byte[256]);
        for (int round = 0; round < 100; round++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 10));
            for (int change = random.nextInt(4); change > 0 && bad.length > 0; change--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }

            assertThat(TestNode.post(bad).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void forgetsUsedAuthorisationsInTime() {
        node.register();
        String before = TestDatabase.ask("select count(*) from used_authorization");
        assertThat(Integer.parseInt(before)).isPositive();
        forget.forget();
        assertThat(TestDatabase.ask("select count(*) from used_authorization")).isEqualTo(before);

        clock.during(Duration.ofHours(2), forget::forget);

        assertThat(TestDatabase.ask("select count(*) from used_authorization")).isEqualTo("0");
    }
}
