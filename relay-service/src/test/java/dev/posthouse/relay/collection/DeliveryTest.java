package dev.posthouse.relay.collection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.relay.parcel.Waiting;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryTest {

    private static final UUID ID = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");

    @ParameterizedTest
    @ValueSource(ints = {1, 80, 127, 128, 200, 255, 256, 5_000, 65_535, 65_536, 8_322_037})
    void isWhatAnEncoderOfDerWouldWrite(int size) throws IOException {
        byte[] parcel = new byte[size];
        Arrays.fill(parcel, (byte) 7);

        assertThat(Delivery.begin(waiting(size, parcel))).isEqualTo(encoded(parcel));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000})
    void leavesOutWhatIsStillToBeRead(int read) throws IOException {
        byte[] parcel = new byte[100_000];
        byte[] whole = encoded(parcel);

        assertThat(Delivery.begin(waiting(parcel.length, Arrays.copyOf(parcel, read))))
                .isEqualTo(Arrays.copyOf(whole, whole.length - parcel.length + read));
    }

    private static Waiting waiting(int size, byte[] octets) {
        return new Waiting(1, ID, size, Instant.MAX, octets);
    }

    private static byte[] encoded(byte[] parcel) throws IOException {
        return new DERSequence(
                        new DERTaggedObject[] {
                            new DERTaggedObject(
                                    false, 0, new DEROctetString(ID.toString().getBytes(US_ASCII))),
                            new DERTaggedObject(false, 1, new DEROctetString(parcel))
                        })
                .getEncoded("DER");
    }
}
