package dev.posthouse.relay;

import dev.posthouse.testing.SettingsTable;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    @Test
    void listsTheSettingsWithTheirDefaults() {
        SettingsTable.check(Path.of("README.md"), "relay", RelayConfig.class);
    }
}
