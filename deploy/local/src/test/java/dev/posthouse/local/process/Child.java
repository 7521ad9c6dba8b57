package dev.posthouse.local.process;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A program to start in tests. */
final class Child {

    private Child() {}

    public static void main(String[] words) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        switch (words[0]) {
            case "say" -> Arrays.stream(words).skip(1).forEach(out::println);
            case "fail" -> {
                out.println(words[1]);
                System.exit(7);
            }
            case "wait" -> {
                out.println("waiting");
                Thread.sleep(60_000);
            }
            case "deaf" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(Child::never));
                out.println("listening");
                Thread.sleep(60_000);
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private static void never() {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
