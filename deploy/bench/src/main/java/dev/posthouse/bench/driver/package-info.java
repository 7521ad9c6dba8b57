/** Puts load on a door and counts what comes back. */
package dev.posthouse.bench.driver;
