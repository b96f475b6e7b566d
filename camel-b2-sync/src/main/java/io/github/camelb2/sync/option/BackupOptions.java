// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.option;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.Address;
import io.github.camelb2.sync.SyncTransferOptions;
import io.github.camelb2.sync.action.Location;
import io.github.camelb2.sync.run.TransferRules.BackupPlace;

/** Reads {@code backupDir} and {@code backupSuffix}. */
final class BackupOptions {
    private BackupOptions() {}

    /** @throws IllegalArgumentException naming the option that cannot be */
    static Optional<BackupPlace> place(SyncTransferOptions options, Location destination) {
        String directory = options.getBackupDir();
        String suffix = options.getBackupSuffix();
        if (directory == null) {
            if (suffix != null) {
                throw wrong("backupSuffix", suffix, "it belongs to backupDir: write the directory there");
            }
            return Optional.empty();
        }
        if (suffix != null && (suffix.contains("/") || suffix.contains("\\") || suffix.indexOf('\0') >= 0)) {
            throw wrong("backupSuffix", suffix, "write the end of a name, as .old, without a slash");
        }
        if (!(destination instanceof Location.Directory synced)) {
            throw wrong(
                    "backupDir",
                    directory,
                    "it keeps files of this machine, and destination is a bucket, which keeps old versions with"
                            + " keepMode=keepBeforeDelete");
        }
        return Optional.of(new BackupPlace(outside(directory, synced.path()), suffix == null ? "" : suffix));
    }

    private static Path outside(String text, Path root) {
        Path directory;
        try {
            directory = Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw wrong("backupDir", text, "it is no path of this machine, " + e.getReason());
        }
        Path real = RealPaths.of(directory);
        Path realRoot = RealPaths.of(root);
        if (text.isBlank() || real.startsWith(realRoot) || realRoot.startsWith(real)) {
            throw wrong(
                    "backupDir",
                    text,
                    "it and " + root + ", which is synced, lie one in the other; write a directory elsewhere");
        }
        return directory;
    }

    private static IllegalArgumentException wrong(String option, @Nullable String value, String advice) {
        return new IllegalArgumentException("Option " + option + "="
                + (value != null && Address.hasUser(value) ? Address.shown(value) : value) + " cannot be: " + advice);
    }
}
