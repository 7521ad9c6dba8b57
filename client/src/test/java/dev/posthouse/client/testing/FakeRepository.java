package dev.posthouse.client.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.client.pki.TestDevice;
import dev.posthouse.client.testing.FakeDoor.Fault;
import dev.posthouse.client.testing.FakeDoor.Reply;
import dev.posthouse.client.testing.FakeDoor.Request;
import dev.posthouse.common.wire.CollectRequest;
import dev.posthouse.common.wire.CollectResponse;
import dev.posthouse.common.x509.Csr;
import dev.posthouse.common.x509.Pem;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** A Repository as the client sees it: certificates, section 2.4 and 7. */
public final class FakeRepository implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FakeDoor door;
    private final Map<String, Csr> expected = new HashMap<>();
    private Function<Csr, List<X509Certificate>> issue = FakeRepository::issue;

    FakeRepository(SSLContext tls) {
        this.door = new FakeDoor(tls, this::post);
    }

    /** A certificate as the CA would issue it. */
    public static List<X509Certificate> issue(Csr csr) {
        return List.of(
                device(csr).issue(TestSite.ISSUING, csr.key(), TestSite.CLOCK),
                TestSite.ISSUING.certificate());
    }

    public static TestDevice device(Csr csr) {
        return TestDevice.at(csr.address().text())
                .session(csr.sessionName().value())
                .named("label.devices.example");
    }

    /** From now on, this is what the CA makes of a CSR. */
    public synchronized void issuing(Function<Csr, List<X509Certificate>> other) {
        issue = other;
    }

    public void next(Fault... faults) {
        door.next(faults);
    }

    public List<Request> requests() {
        return door.requests();
    }

    synchronized String expect(Csr csr) {
        String path = "/token-" + csr.sessionName().value().substring(0, 16);
        expected.putIfAbsent(path, csr);
        return door.url() + path;
    }

    private synchronized Reply post(Request request) {
        try {
            Csr csr = expected.get(request.path());
            String name = JSON.readValue(request.body(), CollectRequest.class).sessionName();
            if (csr == null) {
                return Reply.problem(404, "access-url.unknown", "There is nothing here.");
            }
            if (!csr.sessionName().value().equals(name)) {
                return Reply.problem(403, "session.wrong", "The session is another.");
            }
            String cert = csr.form().write(Pem.encode(issue.apply(csr)));
            return Reply.json(200, JSON.writeValueAsString(new CollectResponse(cert, name)));
        } catch (JsonProcessingException e) {
            return Reply.problem(400, "json", "This is no JSON.");
        }
    }

    @Override
    public void close() {
        door.close();
    }
}
