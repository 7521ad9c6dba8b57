package dev.posthouse.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.client.pki.Authority;
import dev.posthouse.client.pki.Identity;
import dev.posthouse.client.pki.PkiDirectory;
import dev.posthouse.client.pki.ServicesCa;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.local.process.LocalFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DevicePageTest {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final char[] PASSPHRASE = "passphrase".toCharArray();

    @TempDir private Path directory;
    private Authority ca;

    @BeforeEach
    void makeRoots() {
        PkiDirectory pki = new PkiDirectory(directory, false);
        ca = ServicesCa.create("one", CLOCK);
        pki.write("root", ca, PASSPHRASE);
        pki.write("other", ServicesCa.create("other", CLOCK), PASSPHRASE);
    }

    @Test
    void isFetchedByWhoTrustsItsRoot() throws Exception {
        try (DevicePage page = DevicePage.serve(device("127.0.0.1"), PASSPHRASE)) {
            assertThat(page.fetch(directory.resolve("root.crt"))).startsWith("Hello");
        }
    }

    @Test
    void isNotFetchedByWhoTrustsAnother() throws Exception {
        try (DevicePage page = DevicePage.serve(device("127.0.0.1"), PASSPHRASE)) {
            assertThatThrownBy(() -> page.fetch(directory.resolve("other.crt")))
                    .isInstanceOf(LocalFailure.class)
                    .hasMessageContaining("does not trust");
        }
    }

    @Test
    void isNotFetchedUnderAnAddressTheCertificateDoesNotName() throws Exception {
        try (DevicePage page = DevicePage.serve(device("192.0.2.1"), PASSPHRASE)) {
            assertThatThrownBy(() -> page.fetch(directory.resolve("root.crt")))
                    .isInstanceOf(LocalFailure.class);
        }
    }

    private Path device(String address) throws Exception {
        Identity identity =
                Identity.service(
                        "posthouse.local", "device", List.of(), List.of(IpAddress.parse(address)));
        Path file = directory.resolve("device.p12");
        Files.write(
                file, identity.create(ca, Identity.LIFETIME, CLOCK).encode("device", PASSPHRASE));
        return file;
    }
}
