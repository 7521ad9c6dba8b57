package dev.posthouse.common.queue;

import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;

/**
 * A circuit breaker as a {@link Dispatcher} heeds it. What it would turn away is not claimed: a job
 * counts no attempt that never left, and all that is due goes as soon as a try got through.
 */
public final class Breaker {

    private final CircuitBreakerMaintenance breakers;
    private final String name;

    /**
     * @param breakers all of the service
     * @param name of this one
     */
    public Breaker(CircuitBreakerMaintenance breakers, String name) {
        this.breakers = breakers;
        this.name = name;
    }

    /** How many calls may be under way at once. */
    public int admits(int most) {
        return switch (breakers.currentState(name)) {
            case CLOSED -> most;
            case HALF_OPEN -> 1;
            case OPEN -> 0;
        };
    }

    /** Runs whenever the answer of {@link #admits} changes. */
    public void onChange(Runnable heed) {
        breakers.onStateChange(name, state -> heed.run());
    }
}
