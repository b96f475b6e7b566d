// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.large;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.Listed;
import io.github.camelb2.client.model.json.Answers;

/**
 * One page of the parts of a large file.
 *
 * @param parts by number
 * @param nextPartNumber where the next page starts, null after the last one
 */
public record PartPage(List<Part> parts, @Nullable Integer nextPartNumber) implements Listed {
    public PartPage {
        parts = Answers.entries("listing", "parts", parts);
        nextPartNumber = nextPartNumber == null ? null : Part.number("next part", nextPartNumber);
    }

    @Override
    public int entries() {
        return parts.size();
    }
}
