// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.key;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.Listed;
import io.github.camelb2.client.model.json.Answers;

/**
 * One page of application keys.
 *
 * @param keys without their secrets
 * @param nextApplicationKeyId where the next page starts, null after the last one
 */
public record KeyPage(List<ApplicationKey> keys, @Nullable String nextApplicationKeyId) implements Listed {
    public KeyPage {
        keys = Answers.entries("listing", "keys", keys);
    }

    @Override
    public int entries() {
        return keys.size();
    }
}
