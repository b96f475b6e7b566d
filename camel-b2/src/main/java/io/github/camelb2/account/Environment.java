// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import org.jspecify.annotations.Nullable;

/** The environment variables of this process, or those that a test names. */
@FunctionalInterface
public interface Environment {
    /** The value of the variable; null when it is not set, empty when it is set to nothing. */
    @Nullable
    String get(String name);
}
