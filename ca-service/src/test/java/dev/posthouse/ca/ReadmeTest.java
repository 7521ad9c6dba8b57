package dev.posthouse.ca;

import dev.posthouse.testing.SettingsTable;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ReadmeTest {

    @Test
    void listsTheSettingsWithTheirDefaults() {
        SettingsTable.check(Path.of("README.md"), "ca", CaConfig.class);
    }
}
