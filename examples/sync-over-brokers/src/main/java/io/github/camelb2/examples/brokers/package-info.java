// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** One sync over several JVMs. */
@NullMarked
package io.github.camelb2.examples.brokers;

import org.jspecify.annotations.NullMarked;
