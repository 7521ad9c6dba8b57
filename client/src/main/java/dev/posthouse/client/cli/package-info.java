/** What the commands share: exit codes, the error door, how they report and wait. */
package dev.posthouse.client.cli;
