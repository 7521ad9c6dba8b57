package dev.posthouse.proxy.ca;

import java.time.Duration;
import java.util.Optional;

/** What came of one try to hand a CSR to the CA (certificates, section 9). */
public sealed interface CaAnswer {

    /** The CA has it and will issue or refuse. */
    record Taken() implements CaAnswer {}

    /**
     * Refused for good.
     *
     * @param code the CA's word for why
     */
    record Refused(String code) implements CaAnswer {}

    /**
     * Our own trouble, or the CA's; to be tried again.
     *
     * @param why for logs
     * @param after the CA's {@code Retry-After}, if it gave one
     */
    record Trouble(String why, Optional<Duration> after) implements CaAnswer {}
}
