/** Calls to servers that may be away, slow, or not whom they claim to be. */
package dev.posthouse.client.https;
