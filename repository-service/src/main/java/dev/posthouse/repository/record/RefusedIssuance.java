package dev.posthouse.repository.record;

import dev.posthouse.repository.RepositoryException.MalformedField;
import java.util.regex.Pattern;

/**
 * There will be no certificate (certificates, section 8).
 *
 * @param code the CA's machine word, such as {@code csr.key.size}; the client gets to read it
 */
public record RefusedIssuance(String code) implements Outcome {

    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9.-]{1,64}");

    /** Refuses what is no machine word. */
    public RefusedIssuance {
        if (!ALLOWED.matcher(code).matches()) {
            throw new MalformedField("refusal.code", "The code is not a machine word.");
        }
    }
}
