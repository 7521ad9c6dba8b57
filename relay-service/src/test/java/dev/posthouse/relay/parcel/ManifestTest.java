package dev.posthouse.relay.parcel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.node.NodeId;
import dev.posthouse.relay.RelayUnderTest;
import dev.posthouse.relay.RelayVectors;
import dev.posthouse.relay.RelayVectors.Case;
import dev.posthouse.testing.EitherVersion;
import dev.posthouse.testing.EitherVersion.Reply;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every parcel of the specification through the door. */
@QuarkusTest
class ManifestTest {

    private static final NodeId GATEWAY = NodeId.parse(RelayUnderTest.PRIVATE_GATEWAY);

    @Inject WaitingParcels waiting;

    @BeforeEach
    void empty() {
        TestQueue.empty(GATEWAY);
    }

    static Stream<Case> cases() {
        return RelayVectors.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isAnsweredAsTheManifestPrefers(Case given) {
        for (HttpVersion version : List.of(HttpVersion.HTTP_1_1, HttpVersion.HTTP_2)) {
            try (EitherVersion client = new EitherVersion(version, RelayUnderTest.door().url())) {
                Reply reply =
                        client.call(
                                "POST",
                                "/",
                                Map.of("content-type", given.contentType(), "accept", "*/*"),
                                given.octets());

                assertThat(reply.status()).isEqualTo(given.status());
                if (reply.status() == 202) {
                    assertThat(reply.body().length()).isZero();
                } else {
                    assertThat(reply.header("content-type")).isEqualTo("application/json");
                    assertThat(reply.body().toJsonObject().fieldNames()).containsExactly("message");
                }
            }
        }
        assertThat(waiting.besides(GATEWAY, Set.of(), 9))
                .hasSize(given.status() == 202 ? 1 : 0)
                .allMatch(one -> Arrays.equals(one.octets(), given.octets()));
    }
}
