package dev.posthouse.bench.rig;

import java.nio.file.Path;

/** What a JVM is told so that it records itself with Flight Recorder. */
final class Recording {

    /** Calls this short are worth seeing: a commit takes about as long. */
    private static final String THRESHOLD = "#threshold=1ms";

    private Recording() {}

    static String option(Path file) {
        return "-XX:StartFlightRecording:settings=profile,dumponexit=true,filename="
                + file.toAbsolutePath()
                + ",jdk.CPUTimeSample#enabled=true,jdk.CPUTimeSample#throttle=10ms"
                + ",jdk.SocketRead"
                + THRESHOLD
                + ",jdk.JavaMonitorEnter"
                + THRESHOLD
                + ",jdk.ThreadPark"
                + THRESHOLD;
    }
}
