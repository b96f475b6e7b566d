// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** Turns options into values and refuses wrong ones before anything begins. */
@NullMarked
package io.github.camelb2.sync.option;

import org.jspecify.annotations.NullMarked;
