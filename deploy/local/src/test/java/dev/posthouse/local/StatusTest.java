package dev.posthouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.posthouse.local.Status.Caller;
import dev.posthouse.local.Status.HealthState;
import dev.posthouse.local.Status.ServiceStatus;
import dev.posthouse.testing.Loopback;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StatusTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void hasTheShapeThatScriptsReadAndNothingElse() throws Exception {
        assertThat(JSON.readTree(JSON.writeValueAsString(status(HealthState.UP))))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"services": {
                                   "proxy": {"url": "https://localhost:8441",
                                             "management_url": "http://localhost:9441",
                                             "health": "UP", "pid": 17, "log": "/s/logs/proxy.log"}},
                                 "trust_anchor": "/s/pki/services-ca.crt",
                                 "device_root": "/s/pki/root.crt",
                                 "operator": {"cert": "/s/pki/operator.crt",
                                              "key": "/s/pki/operator.key"},
                                 "application": {"cert": "/s/pki/application.crt",
                                                 "key": "/s/pki/application.key"},
                                 "database": "postgresql://postgres@127.0.0.1:15432",
                                 "kafka": "127.0.0.1:19092"}
                                """));
    }

    @Test
    void isReadAsItWasWritten() throws Exception {
        Status status = status(HealthState.STOPPED);

        assertThat(JSON.readValue(JSON.writeValueAsString(status), Status.class)).isEqualTo(status);
    }

    @Test
    void isAllUpOnlyWhenEveryServiceIsAndTheInfrastructureToo() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String there = "127.0.0.1:" + server.getLocalPort();
            String gone = "127.0.0.1:" + Loopback.freePort();

            assertThat(status(HealthState.UP, there, there).allUp()).isTrue();
            assertThat(status(HealthState.DOWN, there, there).allUp()).isFalse();
            assertThat(status(HealthState.UP, gone, there).allUp()).isFalse();
            assertThat(status(HealthState.UP, there, gone).allUp()).isFalse();
        }
    }

    @Test
    void keepsAllButTheHealthWhenItIsRefreshed() {
        assertThat(status(HealthState.DOWN).refreshed(service -> HealthState.UP))
                .isEqualTo(status(HealthState.UP));
    }

    @Test
    void isATableForPeople() {
        StringWriter text = new StringWriter();

        new StatusTable(status(HealthState.DOWN)).print(new PrintWriter(text, true));

        assertThat(text.toString())
                .containsPattern("proxy +https://localhost:8441 +DOWN +/s/logs/proxy.log")
                .contains("/s/pki/services-ca.crt", "/s/pki/root.crt", "127.0.0.1:19092");
    }

    @Test
    void givesTheCurlLinesTheirAddresses() {
        assertThat(new CurlLines(status(HealthState.UP)).text())
                .contains("anchor='/s/pki/services-ca.crt'", "https://localhost:8441/csr")
                .doesNotContain("@");
    }

    @Test
    void givesTheLinesOfAnExchangeTheirAddressesWhenThereAreTwoHosts() {
        Status status = status(HealthState.UP);
        ServiceStatus west =
                new ServiceStatus("https://localhost:8547", "http://m", HealthState.UP, 1, "l");
        status.services().put("ymp", status.services().get("proxy"));
        status.services().put("west", west);

        assertThat(new YmpLines(status, List.of("ymp", "west")).text())
                .contains("\"host\": \"localhost:8547\"", "'/s/pki/application.crt'")
                .doesNotContainPattern("@[a-z_]+@");
        StringWriter text = new StringWriter();
        new YmpLines(status, List.of("ymp")).print(new PrintWriter(text, true));
        assertThat(text.toString()).contains("--instance west=ymp");
    }

    private static Status status(HealthState health) {
        return status(health, "postgresql://postgres@127.0.0.1:15432", "127.0.0.1:19092");
    }

    private static Status status(HealthState health, String database, String kafka) {
        Map<String, ServiceStatus> services = new LinkedHashMap<>();
        services.put(
                "proxy",
                new ServiceStatus(
                        "https://localhost:8441",
                        "http://localhost:9441",
                        health,
                        17,
                        "/s/logs/proxy.log"));
        return new Status(
                services,
                "/s/pki/services-ca.crt",
                "/s/pki/root.crt",
                new Caller("/s/pki/operator.crt", "/s/pki/operator.key"),
                new Caller("/s/pki/application.crt", "/s/pki/application.key"),
                database,
                kafka);
    }
}
