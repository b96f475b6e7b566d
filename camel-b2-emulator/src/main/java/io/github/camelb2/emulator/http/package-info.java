// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** The B2 API over HTTP: accepts connections, finds the call that a path names, and applies the faults in force. */
@NullMarked
package io.github.camelb2.emulator.http;

import org.jspecify.annotations.NullMarked;
