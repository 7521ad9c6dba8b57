package dev.posthouse.client.cert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.client.pki.KeyType;
import dev.posthouse.common.net.AddressRules;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.x509.Csr;
import dev.posthouse.common.x509.CsrPolicy;
import dev.posthouse.common.x509.CsrRules;
import dev.posthouse.common.x509.PemForm;
import dev.posthouse.common.x509.SessionName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceKeyTest {

    private static final SessionName NAME = new SessionName("kitchen-lamp-0001");
    private static final CsrRules RULES =
            new CsrRules(new CsrPolicy(false, true, new AddressRules(false, false), key -> false));

    @ParameterizedTest
    @CsvSource({
        "P256, 192.168.1.7",
        "P384, fd00::7",
        "RSA2048, 10.0.0.1",
        "RSA3072, 10.0.0.1",
        "ED25519, 100.64.0.1"
    })
    void itsCsrKeepsEveryRule(KeyType type, String address) {
        DeviceKey key = DeviceKey.create(type);
        String armour = key.csr(NAME, IpAddress.parse(address));

        for (PemForm form : PemForm.values()) {
            Csr csr = RULES.check(form.write(armour), NAME);

            assertThat(csr.address()).isEqualTo(IpAddress.parse(address));
            assertThat(csr.form()).isEqualTo(form);
            assertThat(csr.spki()).isEqualTo(key.publicKey().getEncoded());
        }
    }

    @Test
    void halvesOfTwoKeysDoNotBelongTogether() {
        DeviceKey one = DeviceKey.create(KeyType.P256);
        DeviceKey other = DeviceKey.create(KeyType.P256);
        DeviceKey rsa = DeviceKey.create(KeyType.RSA2048);

        assertThat(one.belongsTogether()).isTrue();
        assertThat(new DeviceKey(one.privateKey(), other.publicKey()).belongsTogether()).isFalse();
        assertThat(new DeviceKey(one.privateKey(), rsa.publicKey()).belongsTogether()).isFalse();
    }

    @Test
    void itDoesNotPrintItself() {
        assertThat(DeviceKey.create(KeyType.P256).toString()).isEqualTo("DeviceKey[EC]");
    }
}
