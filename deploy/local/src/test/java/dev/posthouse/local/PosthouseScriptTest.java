package dev.posthouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.local.suite.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./posthouse} in a repository whose build and whose Java are small stand-ins. */
final class PosthouseScriptTest {

    private static final String BUILD =
            """
            echo "[INFO] Building Posthouse: common 0.1.0 [1/8]"
            mkdir -p proxy-service/target/quarkus-app ca-service/target/quarkus-app
            mkdir -p repository-service/target/quarkus-app ymp-service/target/quarkus-app
            mkdir -p deploy/local/target
            touch proxy-service/target/quarkus-app/quarkus-run.jar
            touch ca-service/target/quarkus-app/quarkus-run.jar
            touch repository-service/target/quarkus-app/quarkus-run.jar
            touch ymp-service/target/quarkus-app/quarkus-run.jar
            mkdir -p relay-service/target/quarkus-app
            touch relay-service/target/quarkus-app/quarkus-run.jar
            touch deploy/local/target/posthouse-local.jar
            mkdir -p deploy/bench/static-post/target/quarkus-app deploy/bench/target
            touch deploy/bench/static-post/target/quarkus-app/quarkus-run.jar
            touch deploy/bench/target/posthouse-bench.jar
            """;

    @TempDir private Path home;

    /** A run that has ended. */
    private record Ended(int code, String said) {

        boolean built() {
            return said.contains("Building Posthouse");
        }
    }

    @BeforeEach
    void layOut() throws IOException {
        Files.copy(Path.of("../../posthouse"), home.resolve("posthouse"));
        Files.writeString(home.resolve("pom.xml"), "");
        List<String> modules =
                new ArrayList<>(
                        List.of(
                                "common",
                                "client",
                                "deploy/local",
                                "deploy/bench",
                                "deploy/bench/static-post"));
        Arrays.stream(Service.values()).map(Service::module).forEach(modules::add);
        for (String module : modules) {
            Path sources = Files.createDirectories(home.resolve(module).resolve("src/main"));
            Files.writeString(sources.resolve("Source.java"), "");
            Files.writeString(home.resolve(module).resolve("pom.xml"), "");
        }
        script("jdk/bin/java", "for word; do echo \"java: $word\"; done");
        script("mvnw", BUILD);
        Files.createDirectories(home.resolve(".mvn"));
        Files.writeString(home.resolve(".mvn/jdk.sh"), "JAVA_HOME=" + home.resolve("jdk"));
    }

    @Test
    void buildsWhatIsMissingAndShowsHowFarItIs() throws Exception {
        Ended first = run("status", "--state", "a b");

        assertThat(first.code()).isZero();
        assertThat(first.said())
                .contains("Building Posthouse;", "  common 0.1.0 [1/8]")
                .contains("java: status\njava: --state\njava: a b\n")
                .contains("java: -Dposthouse.home=" + home);
        assertThat(run("status").built()).isFalse();
    }

    @Test
    void buildsAndRunsTheBenchWhenItIsAskedFor() throws Exception {
        run("status");

        Ended bench = run("bench", "--quick");

        assertThat(bench.built()).isTrue();
        assertThat(bench.said())
                .contains(
                        "java: %s/deploy/bench/target/posthouse-bench.jar%njava: --quick%n"
                                .formatted(home))
                .doesNotContain("java: bench");
        assertThat(run("bench").built()).isFalse();
    }

    @Test
    void buildsAgainWhatIsOlderThanItsSources() throws Exception {
        run("status");
        Path source = home.resolve("ca-service/src/main/Source.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(run("status").built()).isTrue();
    }

    @Test
    void buildsAgainWhatWasCleaned() throws Exception {
        run("status");
        Files.delete(home.resolve("ca-service/target/quarkus-app/quarkus-run.jar"));

        assertThat(run("status").built()).isTrue();
    }

    @Test
    void runsWhatItIsAskedForAndNothingElse() throws Exception {
        assertThat(run("status").said().lines().filter(line -> line.startsWith("java: -jar")))
                .hasSize(1);
    }

    @Test
    void buildsEveryServiceThatThereIs() throws Exception {
        run("status");
        Files.createDirectories(home.resolve("ferry-service/src/main"));

        Ended incomplete = run("status");

        assertThat(incomplete.built()).isTrue();
        script("mvnw", "for word; do echo \"mvnw: $word\"; done; exit 1");
        run("status");
        assertThat(home.resolve("deploy/local/target/build.log"))
                .content()
                .contains(
                        "mvnw: ca-service,ferry-service,proxy-service,relay-service,repository-service,ymp-service,deploy/local");
    }

    @Test
    void saysWhyABuildFailedAndRunsNothing() throws Exception {
        script("mvnw", "echo '[ERROR] something is wrong'; exit 1");

        Ended failed = run("status");

        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.said())
                .contains("[ERROR] something is wrong", "the build failed")
                .contains(home.resolve("deploy/local/target/build.log").toString())
                .doesNotContain("java:");
        assertThat(run("status").built()).isTrue();
    }

    @Test
    void endsWhenThereIsNoJdk() throws Exception {
        Files.writeString(home.resolve(".mvn/jdk.sh"), "echo 'install a JDK' >&2; false");

        Ended missing = run("status");

        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.said()).isEqualTo("install a JDK\n");
    }

    @Test
    void worksThroughALinkFromAnywhere() throws Exception {
        Path elsewhere = Files.createDirectories(home.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(elsewhere.resolve("ph"), home.resolve("posthouse"));

        assertThat(runScript(link, elsewhere).said()).contains("java: -Dposthouse.home=" + home);
    }

    private void script(String name, String body) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private Ended run(String... words) throws Exception {
        return runScript(home.resolve("posthouse"), home, words);
    }

    private static Ended runScript(Path script, Path directory, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("/bin/sh", script.toString()));
        command.addAll(Arrays.asList(words));
        Process process =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), said);
    }
}
