/** What was measured, and how it is written down. */
package dev.posthouse.bench.report;
