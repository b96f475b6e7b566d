// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Event notifications: signed webhooks for what happens in a bucket, delivered at least once unless a fault loses, repeats or holds them.
 */
@NullMarked
package io.github.camelb2.emulator.event;

import org.jspecify.annotations.NullMarked;
