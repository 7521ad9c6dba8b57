package dev.posthouse.client.parcel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.posthouse.client.testing.PohttpVectors;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivedParcelTest {

    private static final int ATTEMPTS = 3_000;

    @Test
    void saysWhatIsInIt() {
        ReceivedParcel parcel = ReceivedParcel.read(PohttpVectors.parcel("valid"));

        ParcelContent content = parcel.content();
        assertThat(parcel.sender()).isEqualTo(PohttpVectors.sender().certificate());
        assertThat(parcel.certificates()).isEqualTo(PohttpVectors.sender().chain());
        assertThat(content.recipient()).isEqualTo(PohttpVectors.recipient().id().text());
        assertThat(content.internetAddress()).isEqualTo(Optional.of("gateway.example.net"));
        assertThat(content.id()).isEqualTo("d8df2ee9-a3c4-4973-887c-42b5e4e5506d");
        assertThat(content.created()).isEqualTo(Instant.parse("2026-11-22T05:05:10Z"));
        assertThat(content.ttl()).isEqualTo(Duration.ofDays(180));
        assertThat(content.expires()).isEqualTo(Instant.parse("2027-05-21T05:05:10Z"));
        assertThat(content.payload()).hasSize(406);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "valid-no-internet-address",
                "valid-sha384",
                "valid-sha512",
                "valid-rsa-4096",
                "valid-odd-serial",
                "valid-jvm",
                "valid-ber-indefinite",
                "valid-chain-reversed",
                "valid-root-included",
                "valid-empty-payload"
            })
    void readsWhatOtherLibrariesWrite(String name) {
        assertThat(ReceivedParcel.read(PohttpVectors.parcel(name)).content().recipient())
                .isEqualTo(PohttpVectors.recipient().id().text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "empty",
                "garbage",
                "magic-only",
                "bad-magic",
                "cargo-not-parcel",
                "version-1",
                "not-cms",
                "four-fields",
                "date-not-datetime",
                "ttl-negative",
                "recipient-sequence-empty",
                "truncated",
                "truncated-in-signature",
                "bad-signature",
                "tampered-recipient",
                "legacy-b-valid",
                "legacy-a-valid"
            })
    void refusesWhatIsNone(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReceivedParcel.read(PohttpVectors.parcel(name)));
    }

    @Test
    void readsWhatWeMake() {
        byte[] parcel =
                new ParcelBuilder(PohttpVectors.sender(), PohttpVectors.AT)
                        .id("seven")
                        .payload(new byte[] {7})
                        .build();

        ParcelContent content = ReceivedParcel.read(parcel).content();

        assertThat(content.id()).isEqualTo("seven");
        assertThat(content.payload()).containsExactly(7);
        assertThat(content.created()).isEqualTo(PohttpVectors.AT);
        assertThat(content.ttl()).isEqualTo(ParcelBuilder.USUAL_TTL);
        assertThat(content.internetAddress()).isEmpty();
    }

    @Test
    void whateverComesIsReadOrRefused() {
        Random random = new Random(20261122);
        byte[] good = PohttpVectors.parcel("valid");
        int refused = 0;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            byte[] bad = good.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                bad[7 + random.nextInt(bad.length - 7)] = (byte) random.nextInt();
            }
            try {
                var _ = ReceivedParcel.read(bad);
            } catch (IllegalArgumentException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(ATTEMPTS / 2);
    }
}
