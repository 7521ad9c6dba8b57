package dev.posthouse.repository.collection;

import dev.posthouse.common.net.IpAddress;
import java.util.function.BooleanSupplier;

/**
 * Who asks for a certificate.
 *
 * @param address the observed address
 * @param gone whether the connection has broken meanwhile
 */
record Collector(IpAddress address, BooleanSupplier gone) {}
