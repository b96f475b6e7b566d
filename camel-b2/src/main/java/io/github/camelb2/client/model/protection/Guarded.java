// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.protection;

import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A setting that not every key may read.
 *
 * @param isClientAuthorizedToRead whether the key may; when not, nothing is known of the value
 * @param value the setting, null when there is none or it may not be read
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Guarded<T>(
        @JsonProperty("isClientAuthorizedToRead") boolean isClientAuthorizedToRead,
        @JsonProperty("value") @Nullable T value) {
    /** A setting that may be read. */
    public static <T> Guarded<T> readable(@Nullable T value) {
        return new Guarded<>(true, value);
    }

    /** The setting, empty when there is none or it may not be read. */
    public Optional<T> find() {
        return Optional.ofNullable(value);
    }
}
