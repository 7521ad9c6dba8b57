package dev.posthouse.common;

import dev.posthouse.testing.HouseRules;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {

    @Test
    void keepsTheHouseRules() {
        HouseRules.checkCommon();
    }
}
