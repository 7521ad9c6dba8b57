package dev.posthouse.proxy;

import dev.posthouse.testing.HouseRules;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {

    @Test
    void keepsTheHouseRules() {
        HouseRules.checkService("dev.posthouse.proxy");
    }
}
