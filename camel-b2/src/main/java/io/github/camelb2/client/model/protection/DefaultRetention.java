// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.protection;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The retention that a bucket gives to new files. In a request, null members say "none" and are written.
 *
 * @param mode how strictly, null for none
 * @param period for how long, null for none
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record DefaultRetention(
        @Nullable RetentionMode mode, @Nullable RetentionPeriod period) {
    /** New files are not locked. */
    public static final DefaultRetention NONE = new DefaultRetention(null, null);
}
