package dev.posthouse.repository;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.testing.ServiceResource;
import dev.posthouse.testing.TestAccessUrls;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKeySet;
import org.junit.jupiter.api.Test;

/** A new AccessURL key is added to the file, and an old one dropped, while the service runs. */
@QuarkusTest
class KeyRotationTest {

    private static final Path FILE = ServiceResource.directory().resolve("access-keys.jwks");

    private final TestAccessUrls old = TestAccessUrls.shared(RepositoryUnderTest.PUBLIC_URL);
    private final TestAccessUrls fresh = TestAccessUrls.stranger(RepositoryUnderTest.PUBLIC_URL);

    @Inject MovedClock clock;

    @Test
    void takesWhatTheFileSaysNow() throws IOException {
        String before = Files.readString(FILE);
        try {
            await("the new key is unknown", () -> !isKnown(fresh));
            Files.writeString(FILE, new JsonWebKeySet(List.of(old.key(), fresh.key())).toJson());
            await("the new key is known", () -> isKnown(fresh));
            await("the old key is known", () -> isKnown(old));
            Files.writeString(FILE, "{ broken");
            clock.during(
                    Duration.ofSeconds(2), () -> assertThat(isKnown(fresh)).as("kept").isTrue());
        } finally {
            Files.writeString(FILE, before);
        }
        await("the new key is unknown again", () -> !isKnown(fresh));
        await("the old key is known still", () -> isKnown(old));
    }

    /** A known AccessURL with another session's name is 403, an unknown one 404. */
    private static boolean isKnown(TestAccessUrls signer) {
        String url = signer.url(TestSession.newName());
        return RepositoryUnderTest.client(TestSession.newAddress())
                        .contentType("application/json")
                        .body(Map.of("session_name", TestSession.newName().value()))
                        .post(url.substring(RepositoryUnderTest.PUBLIC_URL.length()))
                        .statusCode()
                == 403;
    }
}
