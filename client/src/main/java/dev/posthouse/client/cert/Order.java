package dev.posthouse.client.cert;

import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.x509.PemForm;
import dev.posthouse.common.x509.SessionName;

/**
 * What certificate is wanted.
 *
 * @param proxy whom to ask
 * @param address the ClientLocalAddress
 * @param key which key it shall be about
 * @param form how the CSR goes onto the wire, and the certificate comes back
 * @param sessionName the name of the issuance; null to draw one from 256 random bits
 */
public record Order(
        ProxyUrl proxy, IpAddress address, KeyWish key, PemForm form, SessionName sessionName) {}
