/** Private gateways of a relay and their correspondents: who sends, and who collects. */
package dev.posthouse.bench.relay;
