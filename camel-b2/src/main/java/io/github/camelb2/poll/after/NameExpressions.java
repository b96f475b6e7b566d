// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.after;

import io.github.camelb2.client.model.file.FileVersion;

/** Gives texts with Simple expressions in them their values for one version. */
@FunctionalInterface
public interface NameExpressions {
    /**
     * The text with the values.
     *
     * @throws IllegalArgumentException if an expression gives nothing
     */
    String evaluate(String text, FileVersion version);
}
