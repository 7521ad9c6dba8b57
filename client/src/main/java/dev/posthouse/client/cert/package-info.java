/**
 * A device's certificate: asking for it, renewing it, looking at it (certificates, sections 2 to
 * 10).
 */
package dev.posthouse.client.cert;
