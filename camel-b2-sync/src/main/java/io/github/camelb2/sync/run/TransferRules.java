// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run;

import java.nio.file.Path;
import java.util.Optional;

import io.github.camelb2.sync.plan.policy.Preserve;
import io.github.camelb2.sync.plan.policy.TrackRenames;
import io.github.camelb2.sync.plan.policy.TransferOrder;

/**
 * How the files of a run are transferred.
 *
 * @param order  which come first
 * @param renames what makes a name that vanished and one that came the same file
 * @param backup what gets the files that are replaced or removed on this machine
 * @param preserve what is kept besides content and time
 */
public record TransferRules(
        TransferOrder order, TrackRenames renames, Optional<BackupPlace> backup, Preserve preserve) {
    /**
     * A directory for what is replaced or removed.
     *
     * @param suffix is put behind the name of each file; may be empty
     */
    public record BackupPlace(Path directory, String suffix) {}

    /** In the order of names. */
    public static final TransferRules DEFAULT =
            new TransferRules(TransferOrder.NAME, TrackRenames.OFF, Optional.empty(), Preserve.NOTHING);
}
