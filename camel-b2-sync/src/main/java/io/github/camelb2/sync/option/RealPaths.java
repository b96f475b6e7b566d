// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.option;

import java.io.IOException;
import java.nio.file.Path;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a path leads, whether it is there or not: links as far as it is there, the rest as it is written. */
final class RealPaths {
    private static final Logger LOG = LoggerFactory.getLogger(RealPaths.class);

    private RealPaths() {}

    static Path of(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        for (Path there = whole; there != null; there = there.getParent()) {
            try {
                return there.toRealPath().resolve(there.relativize(whole)).normalize();
            } catch (IOException e) {
                LOG.trace("{} is not there, or cannot be looked at", there, e);
            }
        }
        return whole;
    }
}
