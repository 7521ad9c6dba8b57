package dev.posthouse.local.demo;

import dev.posthouse.local.process.LocalFailure;
import dev.posthouse.local.suite.DevelopmentPki;
import dev.posthouse.local.suite.Service;
import dev.posthouse.local.suite.ServiceProcess;
import dev.posthouse.local.suite.Suite;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Two hosts, neither of which trusts the other: a message one way, and an answer that waits until
 * the first is back.
 *
 * @param suite with a second party of the role, {@link #FRIEND}
 * @param out told what happens
 */
record Exchange(Suite suite, PrintWriter out) {

    /** The name of the second host. */
    static final String FRIEND = "friend";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String QUESTION = "question-1";

    void run() {
        ServiceProcess home = suite.service(Service.YMP);
        ServiceProcess friend = suite.service(FRIEND);
        out.printf(
                "   One host is %s, the other %s. Each calls the other back before it believes it.%n",
                nameOf(home), nameOf(friend));
        send(home, friend, "--id=" + QUESTION, "--payload={\"text\": \"Are you there?\"}");
        take(friend, QUESTION);

        home.part().stop();
        out.printf("%n   %s stops. An answer to it is accepted all the same:%n", nameOf(home));
        send(friend, home, "--reply-to=" + QUESTION, "--payload={\"text\": \"I am.\"}");

        out.printf("%n   %s starts again, and the answer finds it:%n", nameOf(home));
        home.part().start();
        home.part().awaitReady(PATIENCE);
        take(home, "reply to " + QUESTION);
    }

    private static String nameOf(ServiceProcess host) {
        return host.url().getAuthority();
    }

    private void send(ServiceProcess from, ServiceProcess to, String... more) {
        List<String> options = new ArrayList<>(at(from));
        options.add("--host=" + nameOf(to));
        options.addAll(List.of("--protocol=chat", "--service=room", "--action=say"));
        options.addAll(List.of(more));
        new ClientRun(out).run(List.of("ymp", "send"), options);
    }

    private void take(ServiceProcess host, String expected) {
        List<String> options = new ArrayList<>(at(host));
        options.addAll(List.of("--wait=30", "--ack"));
        String inbox = new ClientRun(out).run(List.of("ymp", "inbox"), options);
        if (!inbox.contains(expected)) {
            throw new LocalFailure(expected + " did not come to " + nameOf(host));
        }
    }

    private List<String> at(ServiceProcess host) {
        DevelopmentPki pki = suite.pki();
        return List.of(
                "--ymp=" + host.url(),
                "--trust-anchor=" + pki.trustAnchor(),
                "--cert=" + pki.certificate("application"),
                "--key=" + pki.key("application"));
    }
}
