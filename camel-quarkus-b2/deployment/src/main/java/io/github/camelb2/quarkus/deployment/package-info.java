// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * What works while a Quarkus application with {@code b2:} is built, developed or tested; nothing of it gets into the
 * application.
 *
 * <p>{@link io.github.camelb2.quarkus.deployment.B2Processor} makes the components known, for the JVM and for native
 * images. {@link io.github.camelb2.quarkus.deployment.B2DevServicesProcessor} starts the emulator in dev and test mode
 * where nothing says which account is meant.
 */
@NullMarked
package io.github.camelb2.quarkus.deployment;

import org.jspecify.annotations.NullMarked;
