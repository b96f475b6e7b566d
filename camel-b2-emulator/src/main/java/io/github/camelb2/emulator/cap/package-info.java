// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * What an account may use: storage, transactions and downloads up to caps that its owner set, and calls up to a rate that B2 sets.
 */
@NullMarked
package io.github.camelb2.emulator.cap;

import org.jspecify.annotations.NullMarked;
