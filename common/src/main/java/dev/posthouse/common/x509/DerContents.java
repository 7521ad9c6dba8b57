package dev.posthouse.common.x509;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** What a primitive universal value must look like in DER (X.690, sections 8 and 11). */
final class DerContents {

    private static final int MAX_OID = 64;

    private DerContents() {}

    /** False for types too that no request has a use for. */
    static boolean wellFormed(int tag, byte[] content) {
        String text = new String(content, ISO_8859_1);
        return switch (tag) {
            case Der.BOOLEAN -> text.equals("\0") || text.equals("\u00ff");
            case Der.INTEGER -> integer(content);
            case Der.BIT_STRING -> bitString(content);
            case Der.NULL -> content.length == 0;
            case Der.OID -> oid(content);
            case Der.UTF8_STRING ->
                    Arrays.equals(new String(content, UTF_8).getBytes(UTF_8), content);
            case Der.PRINTABLE_STRING -> text.matches("[A-Za-z0-9 '()+,./:=?-]*");
            // Numeric, Teletex, IA5, Visible and BMP strings stand in parts that are refused.
            case Der.OCTET_STRING, 0x12, 0x14, 0x16, 0x1a, 0x1e -> true;
            default -> false;
        };
    }

    private static boolean integer(byte[] content) {
        // Nine equal leading bits: the first octet says nothing.
        return content.length == 1
                || (content.length > 1 && content[0] != (content[1] < 0 ? -1 : 0));
    }

    private static boolean bitString(byte[] content) {
        int unused = content.length == 0 ? -1 : content[0];
        int padding = content.length < 2 ? unused : content[content.length - 1] & (1 << unused) - 1;
        return unused >= 0 && unused <= 7 && padding == 0;
    }

    private static boolean oid(byte[] content) {
        boolean starts = true;
        for (byte octet : content) {
            if (starts && octet == (byte) 0x80) {
                return false;
            }
            starts = octet >= 0;
        }
        return starts && content.length > 0 && content.length <= MAX_OID;
    }
}
