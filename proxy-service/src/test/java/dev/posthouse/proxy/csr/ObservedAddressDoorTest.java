package dev.posthouse.proxy.csr;

import static dev.posthouse.proxy.ProxyUnderTest.address;
import static dev.posthouse.proxy.ProxyUnderTest.sessionName;
import static dev.posthouse.testing.TestDatabase.ask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.testing.CsrMaker;
import dev.posthouse.testing.RawHttp;
import dev.posthouse.testing.RawHttp.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Certificates, section 6: the door believes its trusted proxy (127.0.0.1) and nobody else. */
@QuarkusTest
final class ObservedAddressDoorTest {

    private static final String STRANGER = "127.0.0.2";
    private static final String PROXY = "127.0.0.1";

    @TestHTTPResource(tls = true)
    URI url;

    private Reply post(String from, String headers, String claimed, String more) {
        String session = sessionName();
        String csr = CsrMaker.p256().csr(session, claimed).replace("\n", "\\n");
        String body = "{\"csr\":\"" + csr + "\",\"session_name\":\"" + session + "\"" + more + "}";
        try (RawHttp http = RawHttp.connect(url, from)) {
            return http.request(
                            "POST /csr",
                            "Content-Type: application/json\r\n" + headers,
                            body.getBytes(StandardCharsets.UTF_8))
                    .receive();
        }
    }

    private static String stored(Reply reply) {
        String accessUrl = new JsonPath(reply.body()).getString("access_url");
        return ask(
                "select addr || ' ' || wan || ' ' || observed from session where access_url = '"
                        + accessUrl
                        + "'");
    }

    @Test
    void ignoresTheHeadersOfAStranger() {
        String forged =
                String.join(
                        "\r\n",
                        "Forwarded: for=10.200.0.1",
                        "X-Forwarded-For: 10.200.0.1",
                        "X-Real-IP: 10.200.0.1",
                        "Forwarded: garbage",
                        "");

        assertThat(post(STRANGER, forged, "10.200.0.1", "").code()).isEqualTo("address.mismatch");
        assertThat(stored(post(STRANGER, forged, STRANGER, "")))
                .isEqualTo("127.0.0.2 203.0.113.7 127.0.0.2");
    }

    @Test
    void walksTheHeaderOfTheTrustedProxyFromTheRight() {
        String client = address();
        String chain = "Forwarded: for=10.200.0.1, for=" + client + ", for=127.0.0.1\r\n";

        assertThat(stored(post(PROXY, chain, client, "")))
                .isEqualTo(client + " 203.0.113.7 " + client);
        assertThat(post(PROXY, chain, "10.200.0.1", "").code()).isEqualTo("address.mismatch");
    }

    @Test
    void doesNotReadTheHeaderThatIsNotConfigured() {
        String client = address();

        assertThat(post(PROXY, "X-Forwarded-For: " + client + "\r\n", client, "").code())
                .isEqualTo("address.mismatch");
    }

    @Test
    void refusesAnEntryThatIsNoAddress() {
        Reply reply = post(PROXY, "Forwarded: for=_hidden\r\n", "10.200.0.1", "");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("address.forwarded");
    }

    @Test
    void ignoresAddressesAClientNamesInJson() {
        String client = address();
        String named = ",\"client_addr\":\"10.200.0.1\",\"wan_addr\":\"8.8.8.8\"";

        assertThat(stored(post(PROXY, "Forwarded: for=" + client + "\r\n", client, named)))
                .isEqualTo(client + " 203.0.113.7 " + client);
        assertThat(post(PROXY, "Forwarded: for=" + client + "\r\n", "10.200.0.1", named).code())
                .isEqualTo("address.mismatch");
    }

    @Test
    void comparesAddressesAndNotTheirSpelling() {
        String forwarded = "Forwarded: for=\"[2001:0DB8:0::7]:99\"\r\n";

        // A documentation address never gets into a certificate, however it is written.
        assertThat(post(PROXY, forwarded, "2001:db8::7", "").code()).isEqualTo("address.forbidden");
        String ula = "Forwarded: for=\"[FD00:0:0::0:7]\"\r\n";
        assertThat(stored(post(PROXY, ula, "fd00::7", "")))
                .isEqualTo("fd00::7 203.0.113.7 fd00::7");
    }
}
