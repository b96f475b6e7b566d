// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan;

import java.util.Optional;

import io.github.camelb2.client.model.file.FileNames;

/** Which names B2 accepts: the rules of {@link FileNames}, as an answer instead of an exception. */
public final class RemoteNames {
    private RemoteNames() {}

    /** Why B2 would refuse a whole file name, prefix included; empty if it takes it. */
    public static Optional<String> refusal(String name) {
        try {
            FileNames.check(name);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
