package dev.posthouse.client.cert;

import dev.posthouse.client.pki.KeyType;
import java.security.PublicKey;

/** Which key the certificate shall be about. */
public sealed interface KeyWish {

    /** Whether a key that an unfinished session holds will do. */
    boolean allows(PublicKey key);

    /** The key to begin a session with. */
    DeviceKey take();

    /** A new key. */
    record Fresh(KeyType type) implements KeyWish {

        @Override
        public boolean allows(PublicKey key) {
            return KeyType.of(key).filter(type::equals).isPresent();
        }

        @Override
        public DeviceKey take() {
            return DeviceKey.create(type);
        }
    }

    /** The key that the device has. */
    record Kept(DeviceKey key) implements KeyWish {

        @Override
        public boolean allows(PublicKey other) {
            return key.publicKey().equals(other);
        }

        @Override
        public DeviceKey take() {
            return key;
        }
    }
}
