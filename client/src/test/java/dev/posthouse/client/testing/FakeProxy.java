package dev.posthouse.client.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.client.testing.FakeDoor.Fault;
import dev.posthouse.client.testing.FakeDoor.Reply;
import dev.posthouse.client.testing.FakeDoor.Request;
import dev.posthouse.common.net.AddressRules;
import dev.posthouse.common.wire.CsrRequest;
import dev.posthouse.common.wire.CsrResponse;
import dev.posthouse.common.x509.Csr;
import dev.posthouse.common.x509.CsrPolicy;
import dev.posthouse.common.x509.CsrRules;
import dev.posthouse.common.x509.InvalidCsr;
import dev.posthouse.common.x509.SessionName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** A Proxy (and the CA behind it) as the client sees it: certificates, section 2.1 and 9. */
public final class FakeProxy implements AutoCloseable {

    public static final int LEAD_TIME = 5;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CsrRules RULES =
            new CsrRules(new CsrPolicy(false, true, new AddressRules(true, false), key -> false));

    private final FakeDoor door;
    private final FakeRepository repository;
    private final Map<String, String> sessions = new HashMap<>();

    FakeProxy(SSLContext tls, FakeRepository repository) {
        this.repository = repository;
        this.door = new FakeDoor(tls, this::post);
    }

    public String url() {
        return door.url().toString();
    }

    public int port() {
        return door.port();
    }

    public void next(Fault... faults) {
        door.next(faults);
    }

    public List<Request> requests() {
        return door.requests();
    }

    private synchronized Reply post(Request request) {
        try {
            CsrRequest body = JSON.readValue(request.body(), CsrRequest.class);
            String known = sessions.putIfAbsent(body.sessionName(), request.body());
            if (known != null && !known.equals(request.body())) {
                return Reply.problem(409, "session.conflict", "The name is in use.");
            }
            Csr csr = RULES.check(body.csr(), new SessionName(body.sessionName()));
            if (!csr.address().text().equals(request.from())) {
                return Reply.problem(403, "address.mismatch", "The address is not yours.");
            }
            String accessUrl = repository.expect(csr);
            return Reply.json(200, JSON.writeValueAsString(new CsrResponse(accessUrl, LEAD_TIME)));
        } catch (InvalidCsr e) {
            return Reply.problem(400, e.code(), e.getMessage());
        } catch (JsonProcessingException e) {
            return Reply.problem(400, "json", "This is no JSON.");
        }
    }

    @Override
    public void close() {
        door.close();
    }
}
