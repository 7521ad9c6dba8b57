package dev.posthouse.ymp.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule of YMP, section 2, about the document. */
class HostInformationTest {

    private static final HostInformation EXPECTED =
            new HostInformation("/request", "/grant", "/packet");

    static final String PATHS =
            """
            {"request-path": "/request", "grant-path": "/grant", "packet-path": "/packet"}\
            """;

    static final String PROTOCOL =
            """
            {"name": "https-token", "version": "0.0.0", "parameters": %s}\
            """
                    .formatted(PATHS);

    static final String DOCUMENT =
            """
            {"ymp-version": "0.1.0", "connection-protocols": [%s],
             "service-protocols": [{"name": "yayaka", "version": "0.1.0", "services": ["a"]}]}\
            """
                    .formatted(PROTOCOL);

    @Test
    void readsWhatAHostSays() {
        assertThat(read(DOCUMENT)).isEqualTo(EXPECTED);
    }

    @Test
    void knowsTheOtherNames() {
        assertThat(read(DOCUMENT.replace("ymp-version", "amorphos-version"))).isEqualTo(EXPECTED);
        assertThat(read(DOCUMENT.replace("service-protocols", "message-protocols")))
                .isEqualTo(EXPECTED);
    }

    @Test
    void ignoresWhatItDoesNotKnow() {
        assertThat(read(DOCUMENT.replaceFirst("\\{", "{\"x\": {\"y\": [1.5e3, null]}, ")))
                .isEqualTo(EXPECTED);
    }

    @Test
    void takesNullForParametersThatAreLeftOut() {
        String other = "{\"name\": \"other\", \"version\": \"1.0.0\", \"parameters\": null}";

        assertThat(read(DOCUMENT.replace(PROTOCOL, other + "," + PROTOCOL))).isEqualTo(EXPECTED);
        assertThat(
                        read(
                                DOCUMENT.replace(
                                        "\"services\": [",
                                        "\"parameters\": null, \"services\": [")))
                .isEqualTo(EXPECTED);
    }

    @Test
    void comparesNamesInAnyCase() {
        assertThat(read(DOCUMENT.replace("https-token", "HTTPS-Token"))).isEqualTo(EXPECTED);
    }

    @Test
    void findsItsVersionAmongSeveralAndAmongOthersProtocols() {
        String several =
                """
                {"name": "carrier-pigeon", "version": "7.0.0-rc.1+x"},
                {"name": "https-token", "version": "0.1.0", "parameters": {"path": 1}},
                {"name": "https-token", "version": "0.0.0-rc.1"},
                %s\
                """
                        .formatted(PROTOCOL);

        assertThat(read(DOCUMENT.replace(PROTOCOL, several))).isEqualTo(EXPECTED);
        assertThat(read(DOCUMENT.replace("\"0.0.0\"", "\"0.0.0+build.5\""))).isEqualTo(EXPECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.1", "0.1.0", "1.0.0", "0.0.0-rc.1"})
    void speaksNoOtherVersion(String version) {
        assertThat(refusal(DOCUMENT.replace("0.0.0", version))).isEqualTo("information.protocol");
    }

    @Test
    void findsNoProtocolWhereNoneIsListed() {
        assertThat(refusal(DOCUMENT.replace("https-token", "https-mutual")))
                .isEqualTo("information.protocol");
        assertThat(refusal(DOCUMENT.replace(PROTOCOL, ""))).isEqualTo("information.protocol");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "{} {}",
                "{\"ymp-version\": \"0.1.0\", \"ymp-version\": \"0.1.0\"}",
                "{'a': 1}",
                "\ufeff{}",
                "{\"a\": \"\0\"}"
            })
    void refusesWhatIsNoStrictJsonObject(String document) {
        assertThat(refusal(document)).isEqualTo("information.syntax");
    }

    @Test
    void refusesOtherEncodings() {
        assertThat(refusal(DOCUMENT.getBytes(StandardCharsets.UTF_16)))
                .isEqualTo("information.syntax");
        assertThat(refusal(DOCUMENT.replace("yayaka", "ü").getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo("information.syntax");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ymp-version", "connection-protocols", "service-protocols"})
    void requires(String field) {
        assertThat(refusal(DOCUMENT.replace(field, "other"))).isEqualTo("information.field");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"0.1\"",
                "\"v0.1.0\"",
                "\"0.1.0.0\"",
                "\"00.1.0\"",
                "\"0.1.0-\"",
                "\"\"",
                "0.1",
                "null",
                "[]"
            })
    void requiresSemanticVersions(String version) {
        assertThat(refusal(DOCUMENT.replaceFirst("\"0.1.0\"", version)))
                .isEqualTo("information.field");
        assertThat(refusal(DOCUMENT.replace("\"0.0.0\"", version))).isEqualTo("information.field");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "\"https-token\"", "1"})
    void requiresArrays(String other) {
        assertThat(refusal(DOCUMENT.replace("[" + PROTOCOL + "]", other)))
                .isEqualTo("information.field");
        assertThat(refusal(DOCUMENT.replace("[\"a\"]", other))).isEqualTo("information.field");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "\"https-token\"", "[]", "{\"name\": \"https-token\"}"})
    void requiresWellFormedProtocols(String other) {
        assertThat(refusal(DOCUMENT.replace(PROTOCOL, other))).isEqualTo("information.field");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"https_token\"", "\"https token\"", "1", "\"\u017f\""})
    void requiresNamesOfProtocols(String other) {
        assertThat(refusal(DOCUMENT.replace("\"yayaka\"", other))).isEqualTo("information.field");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "null", "[]", "\"/request\"", "{}", "{\"request-path\": 1}"})
    void requiresParameters(String other) {
        assertThat(refusal(DOCUMENT.replace(PATHS, other))).isEqualTo("information.field");
    }

    @ParameterizedTest
    @ValueSource(strings = {"request-path", "grant-path", "packet-path"})
    void requiresEveryPath(String path) {
        assertThat(refusal(DOCUMENT.replace(path, "other"))).isEqualTo("information.field");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/request", "/grant", "/packet"})
    void looksAtEveryPath(String path) {
        assertThat(refusal(DOCUMENT.replace(path, "//evil.example"))).isEqualTo("information.path");
    }

    static HostInformation read(String document) {
        return HostInformation.parse(document.getBytes(StandardCharsets.UTF_8));
    }

    private static String refusal(String document) {
        return refusal(document.getBytes(StandardCharsets.UTF_8));
    }

    private static String refusal(byte[] document) {
        return catchThrowableOfType(NoInformation.class, () -> HostInformation.parse(document))
                .code();
    }
}
