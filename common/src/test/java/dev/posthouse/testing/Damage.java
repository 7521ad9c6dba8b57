package dev.posthouse.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Damages good input, and invents some, by chance. */
public final class Damage {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 64;

    private static final List<String> SCRAPS =
            List.of(
                    "\u0000",
                    "\\u0000",
                    "\\ud800",
                    "\ud83d\ude00",
                    "\r\n",
                    "\"",
                    "{",
                    "[[[[[[[[[[[[[[[[[[",
                    "null",
                    "-1e999",
                    "-----BEGIN ",
                    "-----END CERTIFICATE-----",
                    "-----END CERTIFICATE REQUEST-----",
                    "=",
                    "${jndi:ldap://x}",
                    "'; drop table outbox; --",
                    "%00",
                    "\u001b[2J",
                    "::1",
                    "0x7f.1",
                    "https://",
                    "../../");

    private final Random random;

    public Damage(Random random) {
        this.random = random;
    }

    /** An object as JSON: one field is damaged before it is written, or the JSON is afterwards. */
    public byte[] of(Map<String, Object> fields) throws JsonProcessingException {
        if (random.nextInt(3) == 0) {
            return of(JSON.writeValueAsBytes(fields));
        }
        Map<String, Object> copy = new LinkedHashMap<>(fields);
        String victim = List.copyOf(fields.keySet()).get(random.nextInt(fields.size()));
        byte[] value = String.valueOf(fields.get(victim)).getBytes(UTF_8);
        copy.put(victim, new String(of(value), UTF_8));
        return JSON.writeValueAsBytes(copy);
    }

    /** Octets of which some are missing, there twice, or others. */
    public byte[] of(byte[] good) {
        int at = random.nextInt(good.length + 1);
        int length = random.nextInt(Math.min(LONGEST, good.length - at + 1));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(good, 0, at);
        switch (random.nextInt(5)) {
            case 0 -> {} // Something is missing.
            case 1 -> out.writeBytes(SCRAPS.get(random.nextInt(SCRAPS.size())).getBytes(UTF_8));
            case 2 -> out.writeBytes(noise(length + 1));
            case 3 -> { // Something is there twice.
                out.write(good, at, length);
                out.write(good, at, length);
            }
            default -> { // The rest is missing.
                return out.toByteArray();
            }
        }
        int rest = Math.min(good.length, at + length);
        out.write(good, rest, good.length - rest);
        return out.toByteArray();
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }
}
