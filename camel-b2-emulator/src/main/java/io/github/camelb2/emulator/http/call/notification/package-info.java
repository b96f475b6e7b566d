// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** The calls about event notification rules. */
@NullMarked
package io.github.camelb2.emulator.http.call.notification;

import org.jspecify.annotations.NullMarked;
