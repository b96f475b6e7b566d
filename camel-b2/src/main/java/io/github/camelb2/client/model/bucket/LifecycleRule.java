// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.bucket;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * When B2 hides, deletes or cancels files by itself, once a day.
 *
 * @param fileNamePrefix the names that it is for; empty for all
 * @param daysFromUploadingToHiding null for never
 * @param daysFromHidingToDeleting null for never; a version superseded by a newer one counts as hidden
 * @param daysFromStartingToCancelingUnfinishedLargeFiles null for never
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-lifecycle-rules">Backblaze: lifecycle rules</a>
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record LifecycleRule(
        String fileNamePrefix,
        @Nullable Integer daysFromUploadingToHiding,
        @Nullable Integer daysFromHidingToDeleting,
        @Nullable Integer daysFromStartingToCancelingUnfinishedLargeFiles) {
    /** Only the newest version of each name stays. */
    public static LifecycleRule keepOnlyLastVersion() {
        return new LifecycleRule("", null, 1, null);
    }
}
