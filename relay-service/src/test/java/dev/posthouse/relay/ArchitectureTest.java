package dev.posthouse.relay;

import dev.posthouse.testing.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void keepsTheRulesOfTheHouse() {
        HouseRules.checkService("dev.posthouse.relay");
    }
}
