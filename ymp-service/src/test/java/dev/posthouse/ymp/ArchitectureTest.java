package dev.posthouse.ymp;

import dev.posthouse.testing.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void keepsTheRulesOfTheHouse() {
        HouseRules.checkService("dev.posthouse.ymp");
    }
}
