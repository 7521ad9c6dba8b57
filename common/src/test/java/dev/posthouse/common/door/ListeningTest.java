package dev.posthouse.common.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

/** That every service has it, and becomes ready, is in the end-to-end tests. */
class ListeningTest {

    private final Listening listening = new Listening();

    @Test
    void isNotReadyBeforeCallersCanConnect() {
        assertThat(listening.call().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void isReadyFromThenOn() {
        listening.begin();

        assertThat(listening.call().getStatus()).isEqualTo(Status.UP);
    }
}
