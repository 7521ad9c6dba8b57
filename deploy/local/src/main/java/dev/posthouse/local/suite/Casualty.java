package dev.posthouse.local.suite;

import dev.posthouse.local.process.JavaProcess;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Whom to name when processes have ended. */
final class Casualty {

    private Casualty() {}

    /** One that has ended: rather one that did so by itself, and rather what is depended upon. */
    static Optional<JavaProcess> among(List<Part> parts) {
        return parts.stream()
                .map(Part::process)
                .filter(process -> !process.alive())
                .min(Comparator.comparing(JavaProcess::toldToEnd));
    }
}
