package dev.posthouse.repository;

import dev.posthouse.testing.SettingsTable;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    @Test
    void listsTheSettingsWithTheirDefaults() {
        SettingsTable.check(Path.of("README.md"), "repository", RepositoryConfig.class);
    }
}
