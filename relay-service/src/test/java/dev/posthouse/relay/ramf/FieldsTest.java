package dev.posthouse.relay.ramf;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps 5 to 7 of section 7: the fields, the times, whose recipient it is. */
final class FieldsTest {

    private static final String ID = Node.ENDPOINT.id().text();

    @ParameterizedTest
    @ValueSource(ints = {1, 64})
    void takesMessageIdsOfThisLength(int length) {
        accepted(new MadeFields().messageId("~ ".repeat(32).substring(0, length)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65})
    void refusesMessageIdsOfThatLength(int length) {
        refused(new MadeFields().messageId("x".repeat(length)), 400, "parcel.message-id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\nb", "\u007f", "\u00e9", "\u001b[31m"})
    void refusesWhatCannotBeSeen(String text) {
        refused(new MadeFields().messageId(text), 400, "parcel.text");
        refused(new MadeFields().at("a" + text + ".example"), 400, "parcel.text");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 15_552_000})
    void takesLives(long seconds) {
        accepted(new MadeFields().ttl(seconds));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 15_552_001, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE})
    void refusesOtherLives(long seconds) {
        refused(new MadeFields().ttl(seconds), 400, "parcel.ttl");
    }

    @Test
    void refusesLivesOfAnySize() {
        refused(new MadeFields().ttl(BigInteger.TWO.pow(100_000).toByteArray()), 400, "parcel.ttl");
        refused(new MadeFields().ttl(new byte[0]), 400, "parcel.malformed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "20261122",
                "202611220505100",
                "20261122050510Z",
                "2026112205051 ",
                "20261322050510",
                "20260229050510",
                "20261122240000",
                "20261122050560",
                "-0261122050510",
                "+2026112205051"
            })
    void refusesWhatIsNoDate(String text) {
        refused(new MadeFields().created(text), 400, "parcel.created");
    }

    @Test
    void takesADayThatIsInLeapYearsAlone() {
        refused(new MadeFields().created("20240229050510"), 403, "parcel.expired");
    }

    @Test
    void endsWithItsLife() {
        MadeFields fields = new MadeFields().created(Vectors.AT.minusSeconds(10));

        accepted(fields.ttl(10));
        refused(fields.ttl(9), 403, "parcel.expired");
        refusedAt(Vectors.AT.plusNanos(1), fields.ttl(10), "403 parcel.expired");
    }

    @Test
    void mayBeAheadOfUsByTheClocksDrift() {
        Instant ahead = Vectors.AT.plus(Duration.ofHours(2));

        accepted(new MadeFields().created(ahead));
        refused(new MadeFields().created(ahead.plusSeconds(1)), 403, "parcel.future");
    }

    @Test
    void takesAnEmptyPayload() {
        accepted(new MadeFields().payload(new byte[0]));
    }

    @Test
    void refusesAPayloadBeyondItsLength() {
        accepted(new MadeFields().payload(new byte[Fields.LONGEST_PAYLOAD]));
        refused(
                new MadeFields().payload(new byte[Fields.LONGEST_PAYLOAD + 1]),
                400,
                "parcel.payload");
    }

    @Test
    void refusesFieldsOfOtherKindsAndNumbers() {
        byte[] more = MadeFields.tlv(0x85, "more");
        byte[] universal = MadeFields.tlv(0x04, "payload");
        byte[] pieces = MadeFields.tlv(0xa4, MadeFields.tlv(0x04, "payload"));
        byte[] flat = MadeFields.tlv(0x80, ID);

        refused(new MadeFields().more(more), 400, "parcel.encoding");
        refused(new MadeFields().payloadField(new byte[0]), 400, "parcel.fields");
        refused(new MadeFields().payloadField(universal), 400, "parcel.encoding");
        refused(new MadeFields().payloadField(pieces), 400, "parcel.encoding");
        refused(new MadeFields().recipient(flat), 400, "parcel.encoding");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gateway.example.net",
                "GATEWAY.Example.NET",
                "alias.example",
                "Alias.Example"
            })
    void isOursUnderAnyOfOurNames(String address) {
        ParcelCheck check = new ParcelCheck(named("Gateway.example.net", "ALIAS.example"));
        byte[] parcel = parcel(new MadeFields().at(address));

        assertThat(Judged.status(check, parcel, Vectors.AT)).isEqualTo("202");
        assertThat(check.isForUs(check.read(parcel))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.net",
                "gateway.example.net.evil.example",
                "localhost",
                "127.0.0.1",
                "xn--bcher-kva.example"
            })
    void isForeignUnderAnyOther(String address) {
        refused(new MadeFields().at(address), 403, "parcel.foreign");
        ParcelCheck check = new ParcelCheck(Vectors.gateway(true));
        assertThat(check.isForUs(check.read(parcel(new MadeFields().at(address))))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "gateway.example.net:443",
                "gateway.example.net/",
                "gateway.example.net.",
                "https://gateway.example.net",
                "gateway..example",
                "-gateway.example",
                "gateway-.example",
                "gate_way.example",
                "gateway.example.net "
            })
    void refusesWhatIsNoDomain(String address) {
        refused(new MadeFields().at(address), 400, "parcel.recipient");
    }

    @Test
    void refusesDomainsThatAreTooLong() {
        String longest = "a.".repeat(126) + "a";

        refused(new MadeFields().at(longest), 403, "parcel.foreign");
        refused(new MadeFields().at("a." + longest), 400, "parcel.recipient");
        refused(new MadeFields().at("a".repeat(64) + ".example"), 400, "parcel.recipient");
        refused(new MadeFields().at("a".repeat(2000)), 400, "parcel.text");
    }

    @ParameterizedTest
    @CsvSource({"0", "0abc", "''", "rne:0abc", "https://example.net"})
    void refusesWhatIsNoId(String id) {
        refused(new MadeFields().to(id), 400, "parcel.recipient");
    }

    @Test
    void refusesIdsThatAreWrittenOtherwise() {
        refused(
                new MadeFields().to(ID.toUpperCase(java.util.Locale.ROOT)),
                400,
                "parcel.recipient");
        refused(new MadeFields().to(ID + "0"), 400, "parcel.recipient");
        refused(new MadeFields().to("rne:" + ID), 400, "parcel.recipient");
    }

    /** Section 4. */
    @Test
    void readsRecipientsOfFormatB() {
        assertThat(legacyB(ID)).isEqualTo("202");
        assertThat(legacyB("https://" + Vectors.ADDRESS)).isEqualTo("403 parcel.foreign");
        assertThat(legacyB("rng+https://example.net:8080/path")).isEqualTo("403 parcel.foreign");
        assertThat(legacyB("0abc")).isEqualTo("400 parcel.recipient");
        assertThat(legacyB("")).isEqualTo("400 parcel.recipient");
        assertThat(legacyB("https://[")).isEqualTo("400 parcel.recipient");
        assertThat(legacyB("https://" + "a".repeat(1017))).isEqualTo("400 parcel.text");
    }

    private static String legacyB(String recipient) {
        return Judged.status(new MadeParcel().legacyB().fields(new MadeFields().legacy(recipient)));
    }

    private static OurSide named(String... names) {
        return new OurSide(Set.of(names), now -> List.of(Vectors.ROOT), true);
    }

    private static byte[] parcel(MadeFields fields) {
        return new MadeParcel().fields(fields).make();
    }

    private static void accepted(MadeFields fields) {
        assertThat(Judged.status(parcel(fields))).isEqualTo("202");
    }

    private static void refused(MadeFields fields, int status, String code) {
        assertThat(Judged.status(parcel(fields))).isEqualTo(status + " " + code);
    }

    private static void refusedAt(Instant now, MadeFields fields, String refusal) {
        ParcelCheck check = new ParcelCheck(Vectors.gateway(true));

        assertThat(Judged.status(check, parcel(fields), now)).isEqualTo(refusal);
    }
}
