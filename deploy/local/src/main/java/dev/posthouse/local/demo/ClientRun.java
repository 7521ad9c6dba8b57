package dev.posthouse.local.demo;

import dev.posthouse.client.Posthouse;
import dev.posthouse.local.process.JavaProcess;
import dev.posthouse.local.process.LocalFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The real command line, each time as a process of its own.
 *
 * @param out told what is run
 */
record ClientRun(PrintWriter out) {

    /** Runs one command, shown as a person would write it, and returns what it has printed. */
    String run(List<String> command, List<String> options) {
        out.println(
                "   $ ./posthouse %s \\\n       %s"
                        .formatted(
                                String.join(" ", command),
                                String.join(" \\\n       ", quoted(options))));
        out.flush();
        List<String> words =
                new ArrayList<>(
                        List.of(
                                JavaProcess.java().toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Posthouse.class.getName()));
        words.addAll(command);
        words.addAll(options);
        return run(words);
    }

    private static List<String> quoted(List<String> options) {
        return options.stream()
                .map(option ->
                        option.matches(".*[{ ].*") ? option.replaceFirst("=(.*)", "='$1'") : option)
                .toList();
    }

    private String run(List<String> words) {
        try {
            Process client = new ProcessBuilder(words).redirectError(Redirect.INHERIT).start();
            client.getOutputStream().close();
            String said =
                    new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = client.waitFor();
            if (code != 0) {
                throw new LocalFailure("the client gave up with code " + code);
            }
            said.lines().forEach(line -> out.println("   " + line));
            out.flush();
            return said;
        } catch (IOException e) {
            throw new LocalFailure("cannot start the client", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalFailure("interrupted", e);
        }
    }
}
