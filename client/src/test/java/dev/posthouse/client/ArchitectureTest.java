package dev.posthouse.client;

import dev.posthouse.testing.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void keepsTheHouseRules() {
        HouseRules.checkModule("dev.posthouse.client");
    }
}
