// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * What developers see: {@link io.github.camelb2.console.B2Console} in Camel's developer console.
 */
@NullMarked
package io.github.camelb2.console;

import org.jspecify.annotations.NullMarked;
