// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.check;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one check is asked to do besides the sync's own options.
 *
 * @param verify       how much is looked at
 * @param sample       of which names; of the others what {@link Verify#METADATA} says
 * @param conditions   the options that say which files are compared, and what of them, as the user has set them
 * @param checkFile    gets a line of JSON for each name
 * @param combinedFile gets a line for each name, as {@code rclone check --combined} writes it
 * @param certificateFile gets the signed result
 */
public record CheckSettings(
        Verify verify,
        Sample sample,
        SortedMap<String, String> conditions,
        Optional<Path> checkFile,
        Optional<Path> combinedFile,
        Optional<Path> certificateFile) {
    /** By what listings tell, without files. */
    public static final CheckSettings METADATA = new CheckSettings(
            Verify.METADATA, Sample.ALL, new TreeMap<>(), Optional.empty(), Optional.empty(), Optional.empty());
}
