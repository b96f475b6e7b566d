// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * What B2 does by itself as time goes by: lifecycle rules and replication, on a clock that can be moved.
 */
@NullMarked
package io.github.camelb2.emulator.upkeep;

import org.jspecify.annotations.NullMarked;
