package dev.posthouse.ymp.packet;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** A message as a sender would write it, good until a test spoils it. */
public final class TestMessage {

    private final Map<String, String> members = new LinkedHashMap<>();

    /** A request from one host to another. */
    public TestMessage(String sender, String host, String id) {
        with(
                "sender",
                "{\"host\": \""
                        + sender
                        + "\", \"protocol\": \"presentation\","
                        + " \"service\": \"repository\"}");
        text("id", id).text("host", host).text("protocol", "presentation");
        text("service", "presentation").text("action", "update user");
        with("payload", "{\"n\": 1}");
    }

    /** With that JSON under that name. */
    public TestMessage with(String name, String json) {
        members.put(name, json);
        return this;
    }

    /** With that string under that name. */
    public TestMessage text(String name, String text) {
        return with(name, '"' + text + '"');
    }

    /** Without what is under that name. */
    public TestMessage without(String name) {
        members.remove(name);
        return this;
    }

    /** As JSON. */
    public String json() {
        StringJoiner json = new StringJoiner(", ", "{", "}");
        members.forEach((name, value) -> json.add('"' + name + "\": " + value));
        return json.toString();
    }

    /** The body of a packet of these messages. */
    public static byte[] packet(String... messages) {
        return ("{\"packet\": {\"messages\": [" + String.join(",", messages) + "]}}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
