package dev.posthouse.local.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigFileTest {

    @TempDir private Path directory;

    @Test
    void isReadAsAPropertiesFile() throws IOException {
        List<Setting> settings =
                read(
                        """
                        # where we are
                        proxy.mode = wan
                        ! and where we listen
                          ca.port: 9442

                        ca.profile.policy = 1.2, \\
                            1.3
                        postgres.url=jdbc:postgresql://db.example:5432/?ssl=true
                        proxy.name=\\u00fc
                        """);

        assertThat(settings)
                .extracting(one -> one.owner() + "." + one.key() + "=" + one.value())
                .containsExactly(
                        "proxy.mode=wan",
                        "ca.port=9442",
                        "ca.profile.policy=1.2, 1.3",
                        "postgres.url=jdbc:postgresql://db.example:5432/?ssl=true",
                        "proxy.name=ü");
    }

    @Test
    void losesAgainstWhatIsAddedLater() throws IOException {
        List<Setting> all = new ArrayList<>(read("proxy.mode=wan\nproxy.wan-address=192.0.2.1\n"));
        all.add(Setting.parse("--set", "proxy.mode=lan"));

        assertThat(Settings.of(all).of(Instance.of(Service.PROXY)))
                .containsEntry("proxy.mode", "lan")
                .containsEntry("proxy.wan-address", "192.0.2.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "ferry.mode=x   | services are proxy, ca, repository",
                "proxy mode wan | 'proxy mode wan' is not",
                "proxy          | 'proxy' is not",
                "=wan           | is not",
                "mode=wan       | is written <service>.<key>=<value>",
                "proxy.port=x   | a port is a number",
                "proxy.mode=\\u00zz | encoding"
            })
    void namesTheFileAndTheLineOfAMistake(String line, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(read("# one\nca.port=9442\n" + line + "\n")))
                .withMessageContaining(directory.resolve("suite.properties") + ", line 3")
                .withMessageContaining(why);
    }

    @Test
    void saysThatItIsNotThere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConfigFile(directory.resolve("none")).read())
                .withMessageContaining(directory.resolve("none") + ": cannot be read");
    }

    private List<Setting> read(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("suite.properties"), text);
        return new ConfigFile(file).read();
    }
}
