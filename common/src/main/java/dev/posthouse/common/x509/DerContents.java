package dev.posthouse.common.x509;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * What the content of a primitive universal value must look like in DER (X.690, sections 8 and 11).
 */
final class DerContents {

    private static final int MAX_OID = 64;
    private static final String PRINTABLE = " '()+,-./:=?";

    private DerContents() {}

    /** False for types too that no request has a use for. */
    static boolean wellFormed(int tag, byte[] content) {
        return switch (tag) {
            case Der.BOOLEAN -> content.length == 1 && (content[0] == 0 || content[0] == -1);
            case Der.INTEGER -> integer(content);
            case Der.BIT_STRING -> bitString(content);
            case Der.OCTET_STRING -> true;
            case Der.NULL -> content.length == 0;
            case Der.OID -> oid(content);
            case Der.UTF8_STRING ->
                    Arrays.equals(new String(content, UTF_8).getBytes(UTF_8), content);
            case Der.PRINTABLE_STRING -> printable(content);
            case 0x12, 0x16, 0x1a -> ascii(content); // NumericString, IA5String, VisibleString
            case 0x14 -> true; // TeletexString, of any octets
            case 0x1e -> content.length % 2 == 0; // BMPString
            default -> false;
        };
    }

    private static boolean integer(byte[] content) {
        if (content.length < 2) {
            return content.length == 1;
        }
        boolean firstBit = content[1] < 0;
        return content[0] != (firstBit ? -1 : 0);
    }

    private static boolean bitString(byte[] content) {
        if (content.length < 2) {
            return content.length == 1 && content[0] == 0;
        }
        int unused = content[0];
        return unused >= 0
                && unused <= 7
                && (content[content.length - 1] & ((1 << unused) - 1)) == 0;
    }

    private static boolean oid(byte[] content) {
        if (content.length == 0 || content.length > MAX_OID || content[content.length - 1] < 0) {
            return false;
        }
        for (int i = 0; i < content.length; i++) {
            boolean starts = i == 0 || content[i - 1] >= 0;
            if (starts && content[i] == (byte) 0x80) {
                return false;
            }
        }
        return true;
    }

    private static boolean printable(byte[] content) {
        for (byte octet : content) {
            boolean letterOrDigit = octet > 0 && Character.isLetterOrDigit(octet);
            if (!letterOrDigit && PRINTABLE.indexOf(octet) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean ascii(byte[] content) {
        for (byte octet : content) {
            if (octet < 0) {
                return false;
            }
        }
        return true;
    }
}
