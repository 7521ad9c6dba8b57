package dev.posthouse.client.cli;

import dev.posthouse.client.failure.ClientException;
import dev.posthouse.client.failure.ClientException.FileProblem;
import dev.posthouse.client.failure.ClientException.Refused;
import dev.posthouse.client.failure.ClientException.Unavailable;
import dev.posthouse.client.failure.ClientException.Untrusted;
import dev.posthouse.client.failure.ClientException.WrongAnswer;
import dev.posthouse.client.https.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** The error door: what a failure looks like on the command line, and its exit code. */
public final class Failures implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception exception, CommandLine line, ParseResult parsed) {
        if (exception instanceof ClientException failure) {
            line.getErr().println("posthouse: " + message(failure));
            if (line.getParseResult().hasMatchedOption("--json")) {
                line.getOut().println(Json.text(json(failure)));
            }
            return exitCode(failure);
        }
        line.getErr().println("posthouse: internal error; please report it");
        exception.printStackTrace(line.getErr());
        return ExitCode.INTERNAL;
    }

    /** The exit code of a failure. */
    public static int exitCode(ClientException failure) {
        return switch (failure) {
            case Refused refused -> ExitCode.REFUSED;
            case Unavailable unavailable -> ExitCode.UNAVAILABLE;
            case Untrusted untrusted -> ExitCode.UNTRUSTED;
            case WrongAnswer wrong -> ExitCode.WRONG_ANSWER;
            case FileProblem file -> ExitCode.FILE;
        };
    }

    private static String message(ClientException failure) {
        return failure instanceof Refused refused
                ? "refused (%d %s): %s"
                        .formatted(refused.status(), refused.code(), refused.getMessage())
                : failure.getMessage();
    }

    private static Map<String, Object> json(ClientException failure) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("exit_code", exitCode(failure));
        if (failure instanceof Refused refused) {
            error.put("code", refused.code());
        }
        error.put("message", failure.getMessage());
        return Map.of("error", error);
    }
}
