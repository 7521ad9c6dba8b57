package dev.posthouse.ca.issuance;

/**
 * What became of a request (certificates, section 9).
 *
 * <pre>
 * RECEIVED -> SIGNING -> ISSUED
 *    ^ |         |
 *    | |         | signing failed, or its lease ran out: the serial is void
 *    | |         |
 *    | +-------- | ----> REFUSED   by the door, or by the worker
 *    | +-------- | ----> EXPIRED   the AccessURL has ended
 *    +-----------+
 * </pre>
 */
enum IssuanceState {
    RECEIVED,
    SIGNING,
    ISSUED,
    REFUSED,
    EXPIRED
}
