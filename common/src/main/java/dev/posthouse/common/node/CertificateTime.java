package dev.posthouse.common.node;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import org.bouncycastle.asn1.x509.Time;

/** The times in certificates, in the two forms of RFC 5280, section 4.1.2.5. */
final class CertificateTime {

    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);

    private static final int HEADER = 2;
    private static final int SHORT = "yyMMddHHmmssZ".length();

    private CertificateTime() {}

    /** Refuses other forms with an exception at run time. */
    static Instant read(Time time) {
        byte[] der = Asn1.der(time);
        String text = new String(der, HEADER, der.length - HEADER, StandardCharsets.US_ASCII);
        String whole = text.length() == SHORT ? century(text) + text : text;
        return LocalDateTime.parse(whole, FORM).toInstant(ZoneOffset.UTC);
    }

    private static String century(String text) {
        return text.charAt(0) < '5' ? "20" : "19";
    }
}
