package dev.posthouse.client.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.client.testing.CommandRun;
import dev.posthouse.client.testing.RelayTest;
import org.junit.jupiter.api.Test;

class ParamsCommandTest extends RelayTest {

    @Test
    void showsWhoTheGatewayIs() {
        CommandRun run = call("gateway", "params");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("relay.example", relay.id().text(), "0102");
    }

    @Test
    void keepsTheParametersAsTheyCome() {
        CommandRun run = call("gateway", "params", "--out=" + file("params.der"), "--json");

        assertThat(run.out())
                .contains("\"id\" : \"" + relay.id() + "\"", "\"session_key\" : \"0102\"");
        assertThat(file("params.der")).isNotEmptyFile();
        CommandRun again = call("gateway", "params", "--out=" + file("params.der"));
        assertThat(again.exitCode()).isEqualTo(6);
        assertThat(call("gateway", "params", "--out=" + file("params.der"), "--force").exitCode())
                .isZero();
    }
}
