package dev.posthouse.bench.material;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.common.wire.CaCsrRequest;
import dev.posthouse.common.wire.CertRequest;
import dev.posthouse.common.wire.CollectRequest;
import dev.posthouse.common.wire.CsrRequest;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;

/** Devices' requests as they go over the wire, ready to be sent. */
public final class Bodies {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Bodies() {}

    /** To the proxy. */
    public static List<Buffer> toProxy(List<Device> devices) {
        return Device.bulk(
                devices.size(),
                i -> json(new CsrRequest(devices.get(i).csr(), devices.get(i).session())));
    }

    /** To cfssl. */
    public static List<Buffer> toCfssl(List<Device> devices) {
        return Device.bulk(
                devices.size(), i -> json(Map.of("certificate_request", devices.get(i).csr())));
    }

    /** From the proxy to the CA. */
    public static List<Buffer> toCa(List<Device> devices, AccessUrls accessUrls) {
        return Device.bulk(
                devices.size(),
                i -> {
                    Device device = devices.get(i);
                    return json(
                            new CaCsrRequest(
                                    device.csr(),
                                    Device.ADDRESS,
                                    "203.0.113.7",
                                    device.session(),
                                    accessUrls.url(accessUrls.token(device.session()))));
                });
    }

    /**
     * A certificate from the CA to the repository, and what its client sends to collect it.
     *
     * @param token that the AccessURL ends in
     * @param store the CA's body
     * @param collect the client's body
     */
    public record Delivery(String token, Buffer store, Buffer collect) {}

    /** From the CA to the repository, and from the client. */
    public static List<Delivery> toRepository(
            List<Device> devices, AccessUrls accessUrls, Chains chains) {
        return Device.bulk(
                devices.size(),
                i -> {
                    Device device = devices.get(i);
                    String token = accessUrls.token(device.session());
                    CertRequest store =
                            new CertRequest(
                                    chains.chain(i, device),
                                    Device.ADDRESS,
                                    device.session(),
                                    accessUrls.url(token));
                    return new Delivery(
                            token, json(store), json(new CollectRequest(device.session())));
                });
    }

    /** From the client to the repository. */
    public static Buffer toCollect(String session) {
        return json(new CollectRequest(session));
    }

    /** Any record of the wire. */
    public static Buffer json(Object body) {
        try {
            return Buffer.buffer(JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
