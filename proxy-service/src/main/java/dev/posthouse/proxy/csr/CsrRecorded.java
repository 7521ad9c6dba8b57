package dev.posthouse.proxy.csr;

/** There is a CSR for the CA; told after its commit, so that nobody waits for a tick. */
public record CsrRecorded() {}
