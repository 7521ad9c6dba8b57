/** Every way this client can fail, for callers of the library and for the command line. */
package dev.posthouse.client.failure;
