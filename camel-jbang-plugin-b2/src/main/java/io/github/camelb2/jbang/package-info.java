// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** The plugin of Camel's own command line, Camel JBang: {@code camel b2 ...}. */
@NullMarked
package io.github.camelb2.jbang;

import org.jspecify.annotations.NullMarked;
