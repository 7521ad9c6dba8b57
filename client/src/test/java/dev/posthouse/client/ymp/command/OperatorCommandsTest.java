package dev.posthouse.client.ymp.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.client.testing.CommandRun;
import org.junit.jupiter.api.Test;

class OperatorCommandsTest extends YmpCommandTest {

    @Test
    void listsPeers() {
        assertThat(asOperator("peers").out())
                .isEqualTo("a.example\nb.example  blocked=true  waiting=3\n");
        assertThat(asOperator("peers", "--json").out()).contains("\"peers\"");
    }

    @Test
    void takesAMeasure() {
        CommandRun run = asOperator("peers", "block", "B.example:8447");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("b.example:8447: block\n");
        assertThat(host.requests().getFirst().path())
                .isEqualTo("/admin/peers/b.example:8447/block");
        assertThat(asOperator("peers", "unblock", "c.example").exitCode()).isOne();
        asOperator("peers", "drop-token", "[2001:db8::1]:8447");
        assertThat(host.requests().getLast().path())
                .isEqualTo("/admin/peers/%5B2001:db8::1%5D:8447/drop-token");
    }

    @Test
    void aMeasureNeedsAHostAndAName() {
        assertThat(asOperator("peers", "block").exitCode()).isEqualTo(2);
        assertThat(asOperator("peers", "praise", "b.example").exitCode()).isEqualTo(2);
        assertThat(asOperator("peers", "block", "b.example/").exitCode()).isEqualTo(2);
        assertThat(host.requests()).isEmpty();
    }

    @Test
    void listsDeadLettersAndSendsThemAgain() {
        assertThat(asOperator("dead-letters").out()).isEqualTo("b.example  id=1?[2J\n");

        CommandRun again = asOperator("dead-letters", "--host=b.example", "--redrive");

        assertThat(again.out()).isEqualTo("2 are sent again\n");
        assertThat(host.requests().getLast().body()).isEqualTo("{\"host\":\"b.example\"}");
        asOperator("dead-letters", "--host=b.example");
        assertThat(host.requests().getLast().query()).isEqualTo("max=1000&host=b.example");
    }

    @Test
    void isForOperatorsAlone() {
        CommandRun run = asApplication("peers");

        assertThat(run.exitCode()).isOne();
        assertThat(run.err()).contains("refused (403 role)");
    }
}
