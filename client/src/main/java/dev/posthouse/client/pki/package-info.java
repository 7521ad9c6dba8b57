/**
 * The offline public key infrastructure: device root, issuing CA, internal service CA, identities
 * and AccessURL keys (certificates, sections 1, 7 and 10).
 */
package dev.posthouse.client.pki;
