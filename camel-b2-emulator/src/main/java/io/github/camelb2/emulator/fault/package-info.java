// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Trouble on request: the fault language, and the counting of what was broken.
 */
@NullMarked
package io.github.camelb2.emulator.fault;

import org.jspecify.annotations.NullMarked;
