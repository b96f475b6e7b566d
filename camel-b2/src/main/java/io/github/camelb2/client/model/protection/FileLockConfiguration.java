// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.protection;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Whether a bucket can lock files, and what new files get.
 *
 * @param isFileLockEnabled whether files can be locked; once on it stays on
 * @param defaultRetention for new files, null when none is set
 */
public record FileLockConfiguration(
        @JsonProperty("isFileLockEnabled") boolean isFileLockEnabled,
        @JsonProperty("defaultRetention") @Nullable DefaultRetention defaultRetention) {}
