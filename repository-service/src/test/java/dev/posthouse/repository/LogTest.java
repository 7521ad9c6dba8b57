package dev.posthouse.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.testing.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing secret and nothing foreign in the log (certificates, sections 7 and 11). */
@QuarkusTest
class LogTest {

    private static final Logger ROOT = LogManager.getLogManager().getLogger("");

    /** Message, context and exception. */
    private static final PatternFormatter FORMAT = new PatternFormatter("%s %X %e");

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final TestSession session = new TestSession();

    private final Handler ear =
            new Handler() {
                @Override
                public void publish(LogRecord line) {
                    lines.add(FORMAT.format(line));
                }

                @Override
                public void flush() {
                    // Every line is heard at once.
                }

                @Override
                public void close() {
                    // There is nothing to close.
                }
            };

    @BeforeEach
    void listen() {
        ROOT.addHandler(ear);
    }

    @AfterEach
    void stopListening() {
        ROOT.removeHandler(ear);
    }

    @Test
    void namesSessionsByHashOnly() {
        session.collect();
        session.stored();
        session.store(session.chain());
        session.collectFrom(TestSession.newAddress());
        session.collectAs(session.address(), TestSession.newName().value());
        session.collect();

        assertThat(lines).anyMatch(line -> line.contains(session.jtiHash()));
        assertNothingSecret();
    }

    @Test
    void keepsAccessUrlsOfBrokenRequestsToItself() {
        try (RawHttp connection = RawHttp.connect(RepositoryUnderTest.door().url())) {
            String answer =
                    connection
                            .send(
                                    "POST "
                                            + session.path()
                                            + " HTTP/1.1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                            .answer();
            assertThat(answer).startsWith("HTTP/1.1 400 ");
        }

        assertNothingSecret();
    }

    private void assertNothingSecret() {
        assertThat(lines)
                .noneMatch(line -> line.contains(session.path().substring(1)))
                .noneMatch(line -> line.contains(session.jti()))
                .noneMatch(line -> line.contains(session.name().value()))
                .noneMatch(line -> line.contains("BEGIN CERTIFICATE"));
    }

    @Test
    void repeatsNothingForeign() {
        String foreign = "\u001b[31mforged\u001b[0m";
        try (RawHttp connection = RawHttp.connect(RepositoryUnderTest.door().url())) {
            String answer =
                    connection
                            .send(
                                    """
                                    POST %s?%%0aforged HTTP/1.1\r
                                    Host: localhost\r
                                    Connection: close\r
                                    X-Request-Id: %s\r
                                    Forwarded: for=%s\r
                                    User-Agent: %s\r
                                    Content-Type: application/json\r
                                    Content-Length: 30\r
                                    \r
                                    {"session_name":"\\u000aforged"}\
                                    """
                                            .formatted(
                                                    session.path(),
                                                    foreign,
                                                    session.address(),
                                                    foreign))
                            .answer();
            assertThat(answer).startsWith("HTTP/1.1 400 ").doesNotContain("forged");
        }

        assertThat(lines).noneMatch(line -> line.contains("forged"));
    }
}
