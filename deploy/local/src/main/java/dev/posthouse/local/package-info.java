/** The launcher: the client's commands, and those that run the suite on this machine. */
package dev.posthouse.local;
