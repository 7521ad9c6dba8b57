/** A private gateway's way to its Internet gateway: PoWeb (RS-016). */
package dev.posthouse.client.gateway;
