/**
 * The whole suite on one machine: PostgreSQL, Kafka, the development PKI and the services, each in
 * its own process. The launcher, the suite-level tests and the load drivers use it.
 */
package dev.posthouse.local.suite;
