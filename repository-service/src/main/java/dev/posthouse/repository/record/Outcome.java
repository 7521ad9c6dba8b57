package dev.posthouse.repository.record;

/** What the CA says of a session, once and for good (certificates, section 8). */
public sealed interface Outcome permits IssuedCertificate, RefusedIssuance {}
