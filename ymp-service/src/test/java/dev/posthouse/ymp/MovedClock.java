package dev.posthouse.ymp;

import dev.posthouse.testing.OffsetClock;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

/** The clock of the service under test: the real one, until a test moves it. */
@Alternative
@Priority(1)
@Singleton
public final class MovedClock extends OffsetClock {}
