package dev.posthouse.ca.issuance;

import org.bouncycastle.cert.X509CertificateHolder;

/**
 * A signature that is not recorded yet: until then it must not leave.
 *
 * @param opened what was signed
 * @param certificate the result
 */
record Signed(Opened opened, X509CertificateHolder certificate) {}
