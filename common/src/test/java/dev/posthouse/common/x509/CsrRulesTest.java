package dev.posthouse.common.x509;

import static dev.posthouse.testing.CsrMaker.attribute;
import static dev.posthouse.testing.CsrMaker.extension;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.net.AddressRules;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.testing.CsrMaker;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a good CSR becomes, and what OpenSSL cannot be made to write. */
final class CsrRulesTest {

    private static final String SAN = "2.5.29.17";
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String EXTENSION_REQUEST = "1.2.840.113549.1.9.14";
    private static final String MICROSOFT_EXTENSION_REQUEST = "1.3.6.1.4.1.311.2.1.14";

    private static CsrMaker good() {
        return CsrMaker.p256().named(Answer.NAME.value()).at(Answer.ADDRESS);
    }

    @Test
    void makesACsrOfWhatCame() throws Exception {
        CsrMaker maker = good();
        byte[] der = maker.der();

        Csr csr = new CsrRules(Answer.REFUSE).check(CsrMaker.pem(der), Answer.NAME);

        assertThat(csr.der()).isEqualTo(der);
        assertThat(csr.hash()).isEqualTo(MessageDigest.getInstance("SHA-256").digest(der));
        assertThat(csr.form()).isEqualTo(PemForm.PEM);
        assertThat(csr.sessionName()).isEqualTo(Answer.NAME);
        assertThat(csr.address()).isEqualTo(IpAddress.parse(Answer.ADDRESS));
        assertThat(csr.key()).isEqualTo(maker.keyPair().getPublic());
        assertThat(csr.spki()).isEqualTo(maker.keyPair().getPublic().getEncoded());
    }

    @Test
    void handsOutCopiesOnly() {
        Csr csr = new CsrRules(Answer.REFUSE).check(good().pem(), Answer.NAME);

        Arrays.fill(csr.der(), (byte) 0);
        Arrays.fill(csr.spki(), (byte) 0);

        assertThat(csr.der()).isNotEqualTo(new byte[csr.der().length]);
        assertThat(csr.spki()).isNotEqualTo(new byte[csr.spki().length]);
    }

    @Test
    void remembersTheReadingInWhichItCame() {
        String base64 = Base64.getEncoder().encodeToString(good().pem().getBytes(US_ASCII));

        Csr csr = new CsrRules(Answer.REFUSE).check(base64, Answer.NAME);

        assertThat(csr.form()).isEqualTo(PemForm.B64);
    }

    @ParameterizedTest
    @MethodSource
    void acceptsEveryKindOfKey(CsrMaker maker) {
        assertThat(Answer.to(maker.csr(Answer.NAME.value(), "fd00::7"))).isEqualTo("ok");
    }

    static Stream<CsrMaker> acceptsEveryKindOfKey() {
        return Stream.of(CsrMaker.p256(), CsrMaker.p384(), CsrMaker.rsa2048(), CsrMaker.ed25519());
    }

    @ParameterizedTest
    @MethodSource
    void refuses(String code, String what, CsrMaker maker) {
        assertThat(Answer.to(maker.pem())).as(what).isEqualTo(code);
    }

    static List<Arguments> refuses() {
        ASN1Encodable san = san("192.168.1.7");
        ASN1Encodable request = attribute(EXTENSION_REQUEST, new DERSequence(san));
        return List.of(
                refusal("csr.version", "version 1", good().withVersion(new ASN1Integer(1))),
                refusal("csr.version", "version -1", good().withVersion(new ASN1Integer(-1))),
                refusal("csr.version", "version 256", good().withVersion(new ASN1Integer(256))),
                refusal("csr.der", "no version", good().withVersion(DERNull.INSTANCE)),
                refusal("csr.der", "no subject", good().withSubject(DERNull.INSTANCE)),
                refusal("csr.der", "no key", good().withSpki(DERNull.INSTANCE)),
                refusal("csr.subject", "an IA5String", named(new DERIA5String(name()))),
                refusal("csr.subject", "a T61String", named(new DERT61String(name()))),
                refusal("csr.subject", "a BMPString", named(new DERBMPString(name()))),
                refusal("csr.subject", "a set of two", good().withSubject(twoInOne())),
                refusal(
                        "csr.subject.mismatch",
                        "a name that goes on",
                        named(new DERUTF8String(name() + "\0"))),
                refusal("csr.san.missing", "no attributes", good().withoutAttributes()),
                refusal("csr.san.missing", "an empty set", good().withAttributes()),
                refusal("csr.san.missing", "no extensions", good().withExtensions()),
                refusal(
                        "csr.attribute.forbidden",
                        "two requests",
                        good().withAttributes(request, request)),
                refusal(
                        "csr.attribute.forbidden",
                        "two values",
                        good().withAttributes(
                                        attribute(
                                                EXTENSION_REQUEST,
                                                new DERSequence(san),
                                                new DERSequence(san)))),
                refusal(
                        "csr.attribute.forbidden",
                        "no value",
                        good().withAttributes(attribute(EXTENSION_REQUEST))),
                refusal(
                        "csr.attribute.forbidden",
                        "Microsoft's attribute",
                        good().withAttributes(
                                        attribute(
                                                MICROSOFT_EXTENSION_REQUEST,
                                                new DERSequence(san)))),
                refusal("csr.extension.forbidden", "two SANs", good().withExtensions(san, san)));
    }

    private static Arguments refusal(String code, String what, CsrMaker maker) {
        return Arguments.of(code, what, maker);
    }

    private static String name() {
        return Answer.NAME.value();
    }

    private static CsrMaker named(ASN1Encodable text) {
        return good().withSubject(new DERSequence(new DERSet(commonName(text))));
    }

    private static ASN1Encodable commonName(ASN1Encodable text) {
        return new DERSequence(new ASN1Encodable[] {BCStyle.CN, text});
    }

    private static ASN1Encodable twoInOne() {
        ASN1Encodable name = commonName(new DERUTF8String(name()));
        return new DERSequence(new DERSet(new ASN1Encodable[] {name, name}));
    }

    private static ASN1Encodable san(String address) {
        var octets = new DEROctetString(IpAddress.parse(address).octets());
        var names = new GeneralNames(new GeneralName(GeneralName.iPAddress, octets));
        return extension(SAN, false, names);
    }

    @Test
    void refusesTwoSansEvenWhenOtherExtensionsArePassedOver() {
        CsrMaker maker = good().withExtensions(san("192.168.1.7"), san("192.168.1.8"));

        assertThat(Answer.to(maker.pem(), Answer.IGNORE)).isEqualTo("csr.extension.forbidden");
    }

    @Test
    void readsWhatItPassesOver() {
        ASN1Encodable nameless =
                new DERSequence(
                        new ASN1Encodable[] {DERNull.INSTANCE, new DEROctetString(new byte[0])});
        CsrMaker maker = good().withExtensions(san("192.168.1.7"), nameless);

        assertThat(Answer.to(maker.pem(), Answer.IGNORE)).isEqualTo("csr.der");
    }

    @Test
    void refusesADefaultThatIsEncoded() {
        ASN1Encodable[] san = {
            new ASN1ObjectIdentifier(SAN),
            ASN1Boolean.FALSE,
            DERSequence.getInstance(san("192.168.1.7")).getObjectAt(1)
        };

        assertThat(Answer.to(good().withExtensions(new DERSequence(san)).pem()))
                .isEqualTo("csr.der");
    }

    /** The signature is good each time: strictness alone refuses these. */
    @Test
    void refusesBerHoweverWellSigned() {
        CsrMaker maker = good();
        byte[] info = maker.info();
        byte[] content = Der.read(info).content();
        byte[] longLength = {
            0x30, (byte) 0x83, 0, (byte) (content.length >> 8), (byte) content.length
        };
        byte[] indefinite = {0x30, (byte) 0x80};

        for (byte[] ber :
                List.of(
                        Arrays.concatenate(longLength, content),
                        Arrays.concatenate(indefinite, content, new byte[2]),
                        Arrays.concatenate(info, CsrMaker.tlv(Der.NULL)))) {
            assertThat(Answer.to(CsrMaker.pem(maker.der(ber)))).isEqualTo("csr.der");
        }
        assertThat(Answer.to(CsrMaker.pem(Arrays.append(maker.der(), (byte) 0))))
                .isEqualTo("csr.der");
    }

    @Test
    void refusesBerInsideTheKey() {
        byte[] spki = CsrMaker.rsa2048().keyPair().getPublic().getEncoded();
        var rsa = SubjectPublicKeyInfo.getInstance(spki);
        byte[] numbers = Der.read(rsa.getPublicKeyData().getOctets()).content();
        byte[] exponent = {2, 4, 0, 1, 0, 1};
        byte[] padded = Arrays.concatenate(Arrays.copyOf(numbers, numbers.length - 5), exponent);
        CsrMaker maker = CsrMaker.rsa2048().named(name()).at(Answer.ADDRESS);

        maker.withSpki(new SubjectPublicKeyInfo(rsa.getAlgorithm(), CsrMaker.tlv(0x30, padded)));

        assertThat(Answer.to(maker.pem())).isEqualTo("csr.der");
    }

    @Test
    void refusesMoreThanSixteenKibibytes() {
        assertThat(Answer.to(CsrMaker.pem(ofSize(16 * 1024)))).isEqualTo("csr.extension.forbidden");
        assertThat(Answer.to(CsrMaker.pem(ofSize(16 * 1024 + 1)))).isEqualTo("csr.size");
    }

    private static byte[] ofSize(int size) {
        CsrMaker maker = CsrMaker.ed25519().named(name());
        return padded(maker, size - (padded(maker, 10_000).length - 10_000));
    }

    private static byte[] padded(CsrMaker maker, int octets) {
        var padding = new DEROctetString(new byte[octets]);
        return maker.withExtensions(extension(KEY_USAGE, false, padding)).der();
    }

    @ParameterizedTest
    @MethodSource("acceptsEveryKindOfKey")
    void refusesASignatureThatDoesNotVerify(CsrMaker maker) {
        maker.named(name()).at(Answer.ADDRESS);
        byte[] info = maker.info();
        byte[] other = maker.at("192.168.1.8").der(maker.info());
        byte[] signature = Der.read(other).sequence(3, 3).getLast().bits();

        for (byte[] wrong :
                List.of(
                        signature,
                        new byte[0],
                        new byte[1],
                        new byte[signature.length],
                        new byte[600])) {
            assertThat(Answer.to(CsrMaker.pem(maker.der(info, wrong)))).isEqualTo("csr.signature");
        }
    }

    @Test
    void refusesASignatureOfAnotherKey() {
        KeyPair other = CsrMaker.p256().keyPair();
        KeyPair mixed = new KeyPair(good().keyPair().getPublic(), other.getPrivate());

        String csr = CsrMaker.of(mixed, "SHA256WITHECDSA").csr(name(), Answer.ADDRESS);

        assertThat(Answer.to(csr)).isEqualTo("csr.signature");
    }

    @Test
    void judgesTheKeyBeforeItsSignature() {
        CsrMaker maker = CsrMaker.ed25519().named(name()).at(Answer.ADDRESS);
        String csr = CsrMaker.pem(maker.der(maker.info(), new byte[64]));
        CsrPolicy without = new CsrPolicy(false, false, Answer.REFUSE.addresses(), key -> false);

        assertThat(Answer.to(csr, without)).isEqualTo("csr.key.type");
        assertThat(Answer.to(csr)).isEqualTo("csr.signature");
    }

    @Test
    void refusesABlockedKeyHoweverItIsEncoded() throws Exception {
        CsrMaker maker = good();
        byte[] spki = maker.keyPair().getPublic().getEncoded();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(spki);
        CsrPolicy policy =
                new CsrPolicy(
                        false, true, Answer.REFUSE.addresses(), key -> Arrays.areEqual(key, hash));

        String plain = maker.pem();
        String compressed = maker.withSpki(EcRulesTest.compressed(maker.keyPair())).pem();

        assertThat(Answer.to(plain)).isEqualTo("ok");
        assertThat(Answer.to(plain, policy)).isEqualTo("csr.key.blocked");
        assertThat(Answer.to(compressed)).isEqualTo("ok");
        assertThat(Answer.to(compressed, policy)).isEqualTo("csr.key.blocked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "169.254.1.1", "fe80::1"})
    void asksThePolicyAboutAddresses(String address) {
        CsrPolicy lenient = new CsrPolicy(false, true, new AddressRules(true, true), key -> false);
        String csr = CsrMaker.p256().csr(name(), address);

        assertThat(Answer.to(csr)).isEqualTo("address.forbidden");
        assertThat(Answer.to(csr, lenient)).isEqualTo("ok");
    }

    @Test
    void saysNothingOfWhatCame() {
        SessionName other = new SessionName("fedcba9876543210");
        assertThatThrownBy(() -> new CsrRules(Answer.REFUSE).check(good().pem(), other))
                .isInstanceOf(InvalidCsr.class)
                .hasMessage("The common name is not the session name.");
    }
}
