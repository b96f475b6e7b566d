// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** How content is cut into parts and ranges, within what B2 takes. Pure arithmetic. */
@NullMarked
package io.github.camelb2.client.transfer.plan;

import org.jspecify.annotations.NullMarked;
