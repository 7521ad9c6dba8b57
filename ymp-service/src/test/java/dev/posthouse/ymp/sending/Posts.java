package dev.posthouse.ymp.sending;

import dev.posthouse.testing.TestDatabase;
import dev.posthouse.ymp.YmpUnderTest;
import io.restassured.response.Response;

/** An application that posts messages. */
public final class Posts {

    private static final String TEXT =
            """
            {"sender":{"host":"ymp.example","protocol":"p","service":"s"},"id":"%s","host":"%s",\
            "protocol":"p","service":"s","action":"a","payload":{}}\
            """;

    private Posts() {}

    /** Through the door; the answer whatever it is. */
    public static Response post(String body) {
        return YmpUnderTest.door()
                .as("ymp-application")
                .contentType("application/json")
                .body(body)
                .post("/messages");
    }

    /** A message of that id, taken. */
    public static void post(String host, String id) {
        post(draft(host, id, "{}")).then().statusCode(202);
    }

    /** A message as an application writes it. */
    public static String draft(String host, String id, String payload) {
        return """
        {"host": "%s", "protocol": "p", "service": "s", "action": "an action", "payload": %s,
         "sender": {"protocol": "p", "service": "s"}, "id": "%s"}\
        """
                .formatted(host, payload, id);
    }

    /** So many at once, past the door: {@code m1}, {@code m2} and so on; nobody is woken. */
    public static void insert(String host, int many) {
        TestDatabase.change("insert into peer (host) values (?) on conflict do nothing", host);
        TestDatabase.change(
                """
                insert into outgoing (host, id, content_hash, octets, message, posted)
                select ?, 'm' || n, '\\x00', octet_length(m), m, now()
                from (select n, format(?, 'm' || n, ?::text) as m
                      from generate_series(1, ?) n order by n) x
                order by n
                """,
                host,
                TEXT,
                host,
                many);
    }

    /** How many wait for a host. */
    public static int waiting(String host) {
        return Integer.parseInt(
                TestDatabase.ask(
                        "select count(*) from outgoing where host = ? and sent is null and dead is null",
                        host));
    }
}
