// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.protection;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Until when a file version cannot be deleted. In a request, null members say "no retention" and are written.
 *
 * @param mode how strictly, null for none
 * @param retainUntilTimestamp milliseconds since 1970, null for none
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record FileRetention(
        @Nullable RetentionMode mode, @Nullable Long retainUntilTimestamp) {
    /** No retention. */
    public static final FileRetention NONE = new FileRetention(null, null);

    public FileRetention {
        if ((mode == null) != (retainUntilTimestamp == null)) {
            throw new IllegalArgumentException(
                    "fileRetention needs both mode and retainUntilTimestamp, or neither: mode=" + mode
                            + ", retainUntilTimestamp=" + retainUntilTimestamp);
        }
    }

    /** Locked until then. */
    public static FileRetention of(RetentionMode mode, Instant until) {
        return new FileRetention(mode, until.toEpochMilli());
    }
}
