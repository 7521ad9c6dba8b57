package dev.posthouse.relay;

/**
 * How the room for parcels is divided (PoHTTP, section 8). No part of a limit is no limit.
 *
 * @param strangers octets for what strangers send; 0 for no limit, here and below
 * @param gateways for what private gateways deliver
 * @param operators for what operators hand in
 */
record RoomParts(long strangers, long gateways, long operators) {

    private static final int GATEWAYS = 4;
    private static final int OPERATORS = 8;

    /** Two of the longest parcels from one address fit beside those of others. */
    private static final int ADDRESS = 2;

    static RoomParts of(long most) {
        long gateways = part(most, GATEWAYS);
        long operators = part(most, OPERATORS);
        return new RoomParts(atLeastOne(most, most - gateways - operators), gateways, operators);
    }

    /** What one address may have of such a part. */
    static long ofAddress(long most) {
        return part(most, ADDRESS);
    }

    private static long part(long most, int divisor) {
        return atLeastOne(most, most / divisor);
    }

    private static long atLeastOne(long most, long octets) {
        return most == 0 ? 0 : Math.max(1, octets);
    }
}
