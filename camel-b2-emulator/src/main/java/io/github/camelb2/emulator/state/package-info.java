// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** What all rooms of an account's state share: the lock, the clock, the journal's records, the errors, the rules of names. No HTTP. */
@NullMarked
package io.github.camelb2.emulator.state;

import org.jspecify.annotations.NullMarked;
