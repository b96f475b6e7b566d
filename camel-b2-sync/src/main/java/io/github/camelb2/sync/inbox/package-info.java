// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** The files of a {@code b2-file-upload} route: claimed, named, and marked once stored. */
@NullMarked
package io.github.camelb2.sync.inbox;

import org.jspecify.annotations.NullMarked;
