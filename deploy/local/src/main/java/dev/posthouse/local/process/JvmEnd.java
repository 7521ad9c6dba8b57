package dev.posthouse.local.process;

/** Whether this JVM is ending already; what fails from then on fails because of that. */
public final class JvmEnd {

    private JvmEnd() {}

    /** Whether it is. */
    public static boolean underWay() {
        Thread probe = new Thread();
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException ending) {
            return true;
        }
    }
}
