package dev.posthouse.client.cert.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.client.testing.CommandRun;
import dev.posthouse.client.testing.FakeDoor.Fault;
import dev.posthouse.client.testing.FakeDoor.Reply;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates, section 3: what no patience heals. */
class RequestRefusalsTest extends CertCommandTest {

    @ParameterizedTest
    @CsvSource({
        "400, csr.key.size",
        "401, caller.unknown",
        "403, address.forbidden",
        "404, not.found",
        "405, method",
        "409, session.conflict",
        "413, body.size",
        "415, media-type",
        "422, odd"
    })
    void aRefusalOfTheProxyEndsWithOne(int status, String code) {
        site.proxy.next(Fault.reply(Reply.problem(status, code, "It breaks a rule.")));

        CommandRun run = request();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith(
                        "posthouse: refused (%d %s): It breaks a rule.".formatted(status, code));
        assertThat(site.proxy.requests()).hasSize(1);
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"403, issuance.refused", "403, client.address", "404, access-url.unknown"})
    void aRefusalOfTheRepositoryEndsWithOne(int status, String code) {
        site.repository.next(Fault.reply(Reply.problem(status, code, "It is refused.")));

        CommandRun run = request();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(code);
        assertThat(site.repository.requests()).hasSize(1);
        assertThat(files()).isEmpty();
    }

    @Test
    void aRefusedAddressIsNamed() {
        CommandRun run = request("--address", "10.9.8.7");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("403 address.mismatch", "the address asked for is 10.9.8.7", "--address");
    }

    @Test
    void aRefusalIsJsonWhereJsonWasAskedFor() throws Exception {
        site.proxy.next(Fault.reply(Reply.problem(400, "csr.san.extra", "One too many.")));

        JsonNode failed = new ObjectMapper().readTree(request("--json").out());

        assertThat(failed.at("/error/exit_code").asInt()).isEqualTo(1);
        assertThat(failed.at("/error/code").asText()).isEqualTo("csr.san.extra");
        assertThat(failed.at("/error/message").asText()).isEqualTo("One too many.");
    }

    @Test
    void aRefusalOfThatKindIsFollowedByAFreshSession() {
        site.repository.next(Fault.reply(Reply.problem(403, "issuance.refused", "No.")));
        request();

        assertThat(request().exitCode()).isZero();
        assertThat(site.proxy.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void aRedirectIsNotFollowed(int status) {
        String elsewhere = site.proxy.url() + "/elsewhere";
        site.proxy.next(Fault.reply(new Reply(status, Map.of("Location", elsewhere), "")));

        CommandRun run = request();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("redirect");
        assertThat(site.proxy.requests()).hasSize(1);
    }

    @Test
    void whatAServerSaysCannotSteerATerminal() {
        site.proxy.next(
                Fault.reply(Reply.problem(400, "BAD CODE", "\\u001b[2J\\r\\nx" + "y".repeat(999))));

        CommandRun run = request();

        assertThat(run.err()).startsWith("posthouse: refused (400 http.400): ?[2J??xyyy");
        assertThat(run.err().length()).isLessThan(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Forbidden", "[]", "{\"code\":7}", "{}"})
    void aRefusalThatIsNoProblemDocumentKeepsItsStatus(String body) {
        site.proxy.next(Fault.reply(Reply.json(403, body)));

        CommandRun run = request();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("403 http.403");
    }
}
