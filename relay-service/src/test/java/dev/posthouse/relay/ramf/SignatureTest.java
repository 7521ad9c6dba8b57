package dev.posthouse.relay.ramf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.node.NodeCertificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps 4, 8 and 9 of section 7: the CMS SignedData and what may sign. */
final class SignatureTest {

    @ParameterizedTest
    @EnumSource(names = {"PSS", "PSS_384", "PSS_512"})
    void takesThreeHashes(Algorithm algorithm) {
        Judged.accepted(new MadeParcel().signedBy(Node.SENDER, algorithm));
    }

    @Test
    void takesADigestWithoutParameters() {
        Judged.accepted(
                new MadeParcel().digest(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha512)));
    }

    @Test
    void takesASignatureOverTheContentItself() {
        Judged.accepted(new MadeParcel().attributes(usual -> List.of()));
    }

    @Test
    void takesFurtherAttributes() {
        Judged.accepted(new MadeParcel().attributes(usual -> and(usual, other())));
    }

    @Test
    void takesASignerNamedByItsKey() {
        Judged.accepted(new MadeParcel().bySubjectKey());
    }

    /** RFC 5652, section 5.3: as the certificate has it. */
    @Test
    void takesASignerNamedByAKeyIdentifierOfAnotherKind() {
        byte[] named = {1, 2, 3, 4};
        NodeCertificate certificate =
                MadeCertificate.of(Node.SENDER, Node.ENDPOINT).leaf().keyId(named).make();

        Judged.accepted(new MadeParcel().sender(certificate).bySubjectKey(named));
        Judged.refused(
                new MadeParcel().sender(certificate).bySubjectKey(new byte[4]),
                400,
                "parcel.signer");
    }

    /** Section 7, step 10: one good path suffices, whichever of them stands first. */
    @Test
    void takesASignerNamedByItsKeyBesideWhoseAuthorisationAnotherIsAttached() {
        NodeCertificate good = MadeCertificate.sender();
        Instant ended = Vectors.AT.minusSeconds(1);
        Stream.of(
                        MadeCertificate.of(Node.SENDER, Node.ENDPOINT).leaf().notAfter(ended),
                        MadeCertificate.of(Node.SENDER, Node.STRANGER).leaf())
                .map(MadeCertificate::make)
                .forEach(other -> {
                    Judged.accepted(bySubjectKey(other, good));
                    Judged.accepted(bySubjectKey(good, other));
                    Judged.refused(bySubjectKey(other, other), 403, "parcel.path");
                });
    }

    @Test
    void takesASignerNamedByItsKeyIfAnyOfItsCertificatesHadBegun() {
        NodeCertificate late =
                MadeCertificate.of(Node.SENDER, Node.ENDPOINT)
                        .leaf()
                        .notBefore(Vectors.AT.minusSeconds(1))
                        .make();
        MadeFields earlier =
                new MadeFields().created(Vectors.AT.minus(Duration.ofHours(4))).ttl(86_400);

        Judged.accepted(bySubjectKey(late, MadeCertificate.sender()).fields(earlier));
        Judged.refused(bySubjectKey(late, late).fields(earlier), 403, "parcel.created");
    }

    @Test
    void passesOnWhatIsSignedWithAnyCertificateThatIsInDate() {
        NodeCertificate ended =
                MadeCertificate.of(Node.SENDER, Node.ENDPOINT)
                        .leaf()
                        .notAfter(Vectors.AT.minusSeconds(1))
                        .make();
        byte[] parcel = bySubjectKey(ended, MadeCertificate.sender()).make();

        assertThat(new ParcelCheck(Vectors.gateway(true)).outbound(parcel, Vectors.AT).sender())
                .isEqualTo(Node.SENDER.id());
    }

    /** In the order in which they are named. */
    private static MadeParcel bySubjectKey(NodeCertificate first, NodeCertificate second) {
        return new MadeParcel()
                .certificates(first, second, MadeCertificate.endpoint(), MadeCertificate.gateway())
                .bySubjectKey()
                .loose();
    }

    /** They are signed as DER has them, however they came. */
    @Test
    void takesAttributesInBer() {
        MadeParcel loose = new MadeParcel().attributes(usual -> and(usual, other())).loose();

        assertThat(loose.make()).startsWith('A', 'w', 'a', 'l', 'a', 0x50, 0, 0x30, 0x80);
        Judged.accepted(loose);
        Judged.refused(loose.signedBy(Node.STRANGER, Algorithm.PSS), 403, "parcel.signature");
    }

    @Test
    void takesKeysOf3072Bits() {
        Node sender = Node.made("RSA", 3072);
        NodeCertificate certificate = MadeCertificate.of(sender, Node.ENDPOINT).leaf().make();

        Judged.accepted(new MadeParcel().sender(certificate).signedBy(sender, Algorithm.PSS));
    }

    @ParameterizedTest
    @EnumSource(names = {"PSS_SHA1", "PSS_SHORT_SALT", "PKCS1"})
    void refusesOtherAlgorithms(Algorithm algorithm) {
        Judged.refused(new MadeParcel().signedBy(Node.SENDER, algorithm), 403, "parcel.algorithm");
    }

    @Test
    void refusesAnAlgorithmWithoutItsParameters() {
        Judged.refused(
                new MadeParcel().signedBy(Node.SENDER, Algorithm.PSS_NULL),
                403,
                "parcel.algorithm");
    }

    /** Section 14, trap 10: what is attached besides need be none of ours. */
    @Test
    void mindsNoOddAlgorithmOfALooseCertificate() {
        NodeCertificate odd =
                MadeCertificate.of(Node.STRANGER, Node.STRANGER)
                        .signedWith(Algorithm.PSS_NULL)
                        .make();

        Judged.accepted(new MadeParcel().alsoCertificates(odd));
    }

    @Test
    void refusesOtherDigests() {
        var sha1 = new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1, DERNull.INSTANCE);

        Judged.refused(new MadeParcel().digest(sha1), 403, "parcel.algorithm");
    }

    @Test
    void refusesShortKeys() {
        Node weak = Node.made("RSA", 1024);
        MadeParcel parcel =
                new MadeParcel()
                        .sender(MadeCertificate.of(weak, Node.ENDPOINT).leaf().make())
                        .signedBy(weak, Algorithm.PSS);

        Judged.refused(parcel, 403, "parcel.algorithm");
    }

    @Test
    void refusesASignatureByAnother() {
        Judged.refused(
                new MadeParcel().signedBy(Node.STRANGER, Algorithm.PSS), 403, "parcel.signature");
        Judged.refused(
                new MadeParcel()
                        .signedBy(Node.STRANGER, Algorithm.PSS)
                        .attributes(usual -> List.of()),
                403,
                "parcel.signature");
    }

    @Test
    void refusesADigestOfSomethingElse() {
        Attribute wrong =
                MadeParcel.attribute(CMSAttributes.messageDigest, new DEROctetString(new byte[32]));

        Judged.refused(
                new MadeParcel().attributes(usual -> List.of(usual.getFirst(), wrong)),
                403,
                "parcel.signature");
    }

    static Stream<MadeParcel> malformed() {
        var unknown = new ASN1ObjectIdentifier("1.2.3");
        return Stream.of(
                new MadeParcel().signers(0),
                new MadeParcel().signers(2),
                new MadeParcel().digests(0),
                new MadeParcel().digests(2),
                new MadeParcel().detached(),
                new MadeParcel().contentType(unknown),
                new MadeParcel().contentType(unknown).attributes(usual -> List.of()),
                new MadeParcel().revocations(new byte[] {5, 0}),
                new MadeParcel().attributes(usual -> usual.subList(0, 1)),
                new MadeParcel().attributes(usual -> usual.subList(1, 2)),
                new MadeParcel().attributes(usual -> and(usual, usual.getLast())),
                new MadeParcel().attributes(usual -> and(usual, usual.getFirst())),
                new MadeParcel().attributes(usual -> List.of(usual.getFirst(), twice(usual))),
                new MadeParcel()
                        .attributes(usual ->
                                List.of(
                                        usual.getLast(),
                                        MadeParcel.attribute(CMSAttributes.contentType, unknown))));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesWhatIsNotOneSignature(MadeParcel parcel) {
        assertThat(Judged.status(parcel)).isIn("400 parcel.cms", "400 parcel.encoding");
    }

    @Test
    void refusesASignerWhoseCertificateIsMissing() {
        byte[] whole = new MadeParcel().make();
        MadeParcel other =
                new MadeParcel()
                        .sender(MadeCertificate.of(Node.STRANGER, Node.ENDPOINT).leaf().make())
                        .bySubjectKey();
        byte[] unnamed = replaced(other.make(), Node.STRANGER.id().hash(), Node.SENDER.id().hash());

        assertThat(Judged.status(unnamed)).isEqualTo("400 parcel.signer");
        assertThat(Judged.status(whole)).isEqualTo("202");
    }

    /** The last octet of its type says which. */
    @Test
    void refusesOtherKindsOfCms() {
        byte[] parcel = new MadeParcel().make();
        int type = 21;
        assertThat(Arrays.copyOfRange(parcel, type - 10, type + 1))
                .startsWith(6, 9)
                .endsWith(1, 7, 2);
        parcel[type] = 3;

        assertThat(Judged.status(parcel)).isEqualTo("400 parcel.cms");
    }

    @Test
    void refusesWhatFollows() {
        byte[] whole = new MadeParcel().make();

        assertThat(Judged.status(Arrays.copyOf(whole, whole.length + 1)))
                .isEqualTo("400 parcel.encoding");
        assertThat(Judged.status(MadeFields.join(whole, new MadeParcel().cms())))
                .isEqualTo("400 parcel.encoding");
    }

    @Test
    void refusesAContentThatIsMoreThanTheFields() {
        byte[] content = MadeFields.join(new MadeFields().make(), new byte[] {5, 0});

        Judged.refused(new MadeParcel().content(content), 400, "parcel.encoding");
    }

    /** Only in the signer's part: its certificate keeps the true key identifier. */
    private static byte[] replaced(byte[] octets, byte[] what, byte[] with) {
        byte[] changed = octets.clone();
        for (int at = changed.length - what.length; at >= 0; at--) {
            if (Arrays.equals(changed, at, at + what.length, what, 0, what.length)) {
                System.arraycopy(with, 0, changed, at, with.length);
                return changed;
            }
        }
        throw new IllegalArgumentException("not there");
    }

    private static Attribute twice(List<Attribute> usual) {
        var value = usual.getLast().getAttrValues().getObjectAt(0);
        return MadeParcel.attribute(
                CMSAttributes.messageDigest, value, new DEROctetString(new byte[32]));
    }

    private static Attribute other() {
        return MadeParcel.attribute(
                new ASN1ObjectIdentifier("1.2.3.4"),
                new DERUTF8String("anything"),
                CMSObjectIdentifiers.data);
    }

    private static List<Attribute> and(List<Attribute> usual, Attribute more) {
        List<Attribute> all = new ArrayList<>(usual);
        all.add(more);
        return all;
    }
}
