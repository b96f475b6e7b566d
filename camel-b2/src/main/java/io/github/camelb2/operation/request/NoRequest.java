// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.request;

/** The request of operations that need nothing to be said. */
public enum NoRequest {
    INSTANCE
}
