package dev.posthouse.ca.issuance;

import dev.posthouse.ca.profile.Requester;
import dev.posthouse.ca.publication.Session;

/**
 * A request on its way to a certificate.
 *
 * @param session whose
 * @param requester what the certificate will say
 * @param csrHash for events
 * @param attempts this one included
 */
record Issuance(Session session, Requester requester, String csrHash, int attempts) {}
