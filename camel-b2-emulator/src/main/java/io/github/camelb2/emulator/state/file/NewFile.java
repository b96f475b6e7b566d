// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.state.Names;
import io.github.camelb2.emulator.state.bucket.Bucket;

/**
 * A version about to be made.
 *
 * @param bucket where
 * @param name checked by {@link Names}
 * @param contentType resolved
 * @param info checked by {@link Names}
 * @param stored the bytes; their one user becomes the new version
 * @param protection as asked for; {@link Protection#NONE} takes the bucket's default
 * @param timestamp a custom upload time in milliseconds since 1970, or null for now
 */
public record NewFile(
        Bucket bucket,
        String name,
        String contentType,
        Map<String, String> info,
        FileVersion.Stored stored,
        Protection protection,
        @Nullable Long timestamp) {}
