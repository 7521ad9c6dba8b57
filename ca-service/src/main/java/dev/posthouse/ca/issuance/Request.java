package dev.posthouse.ca.issuance;

import dev.posthouse.ca.publication.Session;

/**
 * What identifies a request for a certificate.
 *
 * @param session whose AccessURL verifies
 * @param csrHash SHA-256 of the CSR's DER, or of its text when that cannot be read; hex
 * @param contentHash the same for CSR and client_addr together: what makes a repeat a repeat
 */
public record Request(Session session, String csrHash, String contentHash) {}
