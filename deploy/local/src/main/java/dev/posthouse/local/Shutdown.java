package dev.posthouse.local;

import dev.posthouse.local.process.JvmEnd;

/** What is done if the launcher is told to end (Ctrl-C, SIGTERM) before it has come to its end. */
final class Shutdown {

    private final Thread hook;

    private Shutdown(Thread hook) {
        this.hook = hook;
    }

    static Shutdown first(Runnable cleanUp) {
        Thread hook = new Thread(cleanUp, "clean-up");
        Runtime.getRuntime().addShutdownHook(hook);
        return new Shutdown(hook);
    }

    /** The launcher has come to its end, so this is not needed any more. */
    void cancel() {
        if (!JvmEnd.underWay()) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
