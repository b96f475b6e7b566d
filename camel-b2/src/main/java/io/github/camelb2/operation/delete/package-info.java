// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** The operations that delete many versions: by name, by list, by prefix, by age. */
@NullMarked
package io.github.camelb2.operation.delete;

import org.jspecify.annotations.NullMarked;
