// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * A Backblaze B2 service on this machine, written from the public documentation of the native API and from nothing of the components'.
 *
 * <p>{@link io.github.camelb2.emulator.B2Emulator} starts it in this JVM, {@link io.github.camelb2.emulator.B2EmulatorExtension} in a JUnit 5
 * test, {@link io.github.camelb2.emulator.B2EmulatorMain} as a process. Below it, {@code http} speaks the protocol (one class for one call),
 * {@code state} holds accounts, buckets and versions, {@code store} the bytes on disk, and {@code fault} breaks what a test asks it to break.
 */
@NullMarked
package io.github.camelb2.emulator;

import org.jspecify.annotations.NullMarked;
