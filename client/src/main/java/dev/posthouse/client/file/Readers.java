package dev.posthouse.client.file;

import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Who may read a file. */
public enum Readers {
    /** 0600: keys, passphrases, unfinished sessions. */
    OWNER("rw-------"),
    /** 0644: certificates and public keys. */
    EVERYBODY("rw-r--r--");

    private final String permissions;

    Readers(String permissions) {
        this.permissions = permissions;
    }

    Set<PosixFilePermission> permissions() {
        return PosixFilePermissions.fromString(permissions);
    }

    /**
     * A file is born for its owner alone, so that no moment exists in which others could open it.
     */
    static FileAttribute<Set<PosixFilePermission>> atBirth() {
        return PosixFilePermissions.asFileAttribute(OWNER.permissions());
    }
}
