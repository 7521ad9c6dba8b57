/** What the commands share: exit codes, the error door, durations. */
package dev.posthouse.client.cli;
