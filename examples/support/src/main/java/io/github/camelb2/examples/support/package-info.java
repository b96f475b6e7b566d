// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * What the examples share.
 *
 * <ul>
 *   <li>{@code Service}: the emulator, or real B2 if its credentials are in the environment.
 *   <li>{@code RunExample}: runs the routes and settings of an example's folder.
 * </ul>
 */
@NullMarked
package io.github.camelb2.examples.support;

import org.jspecify.annotations.NullMarked;
