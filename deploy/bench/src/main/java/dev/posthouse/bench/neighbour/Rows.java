package dev.posthouse.bench.neighbour;

import dev.posthouse.local.suite.Service;
import java.util.List;

/**
 * What a service writes for one item, into tables of its own that are like the service's.
 *
 * @param service whose tables they are like
 * @param tables which
 * @param inserts a statement for each row; the only parameter, once or more, is a fresh name
 * @param connections at once
 * @param batch items in a transaction
 */
record Rows(
        Service service, List<String> tables, List<String> inserts, int connections, int batch) {

    /** As the services' pools. */
    static final int POOL = 20;

    /** As the CA's worker, which is one. */
    private static final int WORKER = 1;

    private static final int WORKER_BATCH = 200;

    private static final String EVENT =
            "insert into bench_outbox (topic, key, body, traceparent) values"
                    + " ('bench', ?, repeat('x', 350), repeat('x', 55))";

    static Rows ofProxy() {
        return new Rows(
                Service.PROXY,
                List.of("session", "outbox"),
                List.of(
                        "insert into bench_session (name_hash, session_name, csr_hash, csr, addr, wan,"
                                + " observed, jti, access_url, created_at, expires_at, state, next_attempt)"
                                + " values (?, repeat('a', 64), repeat('b', 64),"
                                + " convert_to(repeat('c', 350), 'UTF8'), '127.0.0.1', '203.0.113.7',"
                                + " '127.0.0.1', ?, repeat('d', 480), now(), now() + interval '1 day',"
                                + " 'ACCEPTED', now())",
                        EVENT),
                POOL,
                1);
    }

    static Rows ofCaDoor() {
        return new Rows(
                Service.CA,
                List.of("issuance"),
                List.of(
                        "insert into bench_issuance (jti, state, csr_hash, content_hash, session_name,"
                                + " access_url, spki, client_addr, wan_addr, received_at, expires_at,"
                                + " attempts, traceparent) values (?, 'RECEIVED', repeat('a', 64),"
                                + " repeat('b', 64), repeat('c', 64), repeat('d', 480),"
                                + " convert_to(repeat('e', 91), 'UTF8'), '127.0.0.1', '203.0.113.7', now(),"
                                + " now() + interval '1 day', 0, repeat('x', 55))"),
                POOL,
                1);
    }

    static Rows ofCaWorker() {
        return new Rows(
                Service.CA,
                List.of("certificate", "delivery", "outbox"),
                List.of(
                        "insert into bench_certificate (serial, jti, state, lease_until, der, not_after,"
                                + " spki_hash) values (?, ?, 'ISSUED', now(),"
                                + " convert_to(repeat('a', 600), 'UTF8'), now() + interval '14 days',"
                                + " repeat('b', 64))",
                        "insert into bench_delivery (jti, session_name, access_url, client_addr,"
                                + " certificate, received_at, expires_at, attempts, traceparent) values (?,"
                                + " repeat('a', 64), repeat('b', 480), '127.0.0.1',"
                                + " convert_to(repeat('c', 600), 'UTF8'), now(), now() + interval '1 day',"
                                + " 0, repeat('x', 55))",
                        EVENT),
                WORKER,
                WORKER_BATCH);
    }

    static Rows ofRepository() {
        return new Rows(
                Service.REPOSITORY,
                List.of("record", "outbox"),
                List.of(
                        "insert into bench_record (jti, session_hash, client_addr, cert, cert_hash,"
                                + " san_ips, stored, expires_at) values (?, repeat('a', 22), '127.0.0.1',"
                                + " repeat('b', 1700), convert_to(repeat('c', 32), 'UTF8'),"
                                + " array['127.0.0.1'], now(), now() + interval '1 day')",
                        EVENT),
                POOL,
                1);
    }

    /** How many parameters a statement has. */
    static int parameters(String insert) {
        return (int) insert.chars().filter(character -> character == '?').count();
    }
}
