package dev.posthouse.relay.ramf;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.relay.RelayException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Tells the formats apart and reads them (sections 2 to 5).
 *
 * @param legacyFormats whether formats B and A are taken
 * @param certificates reads one in DER
 */
record ParcelReader(boolean legacyFormats, Function<byte[], NodeCertificate> certificates) {

    private static final byte[] AWALA = "Awala".getBytes(US_ASCII);
    private static final byte[] RELAYNET = "Relaynet".getBytes(US_ASCII);
    private static final int PARCEL = 0x50;
    private static final int LEGACY_HEADER = RELAYNET.length + 2;

    /**
     * Reads a parcel of any format. Whatever a reader stumbles over is no parcel.
     *
     * @throws RelayException 400, or 403 for too many certificates
     */
    ReadParcel read(byte[] octets) {
        try {
            return startsWith(octets, AWALA) ? cms(octets, AWALA.length, Format.C) : legacy(octets);
        } catch (RelayException refusal) {
            throw refusal;
        } catch (RuntimeException | StackOverflowError malformed) {
            throw RelayException.malformed("parcel.malformed", "The parcel is malformed.");
        }
    }

    private ReadParcel legacy(byte[] octets) {
        require(
                legacyFormats && startsWith(octets, RELAYNET),
                "parcel.magic",
                "This does not begin as a parcel.");
        return isCms(octets) ? cms(octets, RELAYNET.length, Format.B) : seed(octets);
    }

    /** In format A these are a length of at most 1024, little-endian. */
    private static boolean isCms(byte[] octets) {
        return octets.length > LEGACY_HEADER + 1
                && octets[LEGACY_HEADER] == Ber.SEQUENCE
                && octets[LEGACY_HEADER + 1] < 0;
    }

    private ReadParcel cms(byte[] octets, int magic, Format format) {
        SignedMessage message = SignedMessage.read(afterHeader(octets, magic), certificates);
        Pieces content = message.content().orElseThrow(SignedMessage::malformed);
        return new ReadParcel(format, octets, Fields.read(content, format), content, message);
    }

    private ReadParcel seed(byte[] octets) {
        SeedFields read = SeedFields.read(afterHeader(octets, RELAYNET.length));
        SignedMessage message = SignedMessage.read(read.signature(), certificates);
        require(
                message.content().isEmpty(),
                "parcel.cms",
                "The signature of this format is detached.");
        ByteBuffer signed = ByteBuffer.wrap(octets, 0, octets.length - read.signatureField());
        return new ReadParcel(Format.A, octets, read.fields(), List.of(signed), message);
    }

    private static ByteBuffer afterHeader(byte[] octets, int magic) {
        require(octets.length > magic + 2, "parcel.magic", "The parcel ends too early.");
        require(octets[magic] == PARCEL, "parcel.type", "This is a message, but no parcel.");
        require(octets[magic + 1] == 0, "parcel.version", "This version is not known.");
        return ByteBuffer.wrap(octets, magic + 2, octets.length - magic - 2).slice();
    }

    private static boolean startsWith(byte[] octets, byte[] magic) {
        return octets.length >= magic.length
                && Arrays.equals(octets, 0, magic.length, magic, 0, magic.length);
    }

    private static void require(boolean condition, String code, String message) {
        if (!condition) {
            throw RelayException.malformed(code, message);
        }
    }
}
