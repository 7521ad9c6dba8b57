package dev.posthouse.ca.certificate;

import jakarta.inject.Singleton;

/** Runs the daily job now. */
@Singleton
public final class TestPurge {

    private final PurgeCertificates purgeCertificates;

    TestPurge(PurgeCertificates purgeCertificates) {
        this.purgeCertificates = purgeCertificates;
    }

    /** Forgets old certificates. */
    public void purgeCertificates() {
        purgeCertificates.purge();
    }
}
