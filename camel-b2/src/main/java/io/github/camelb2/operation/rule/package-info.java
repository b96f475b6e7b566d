// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** Changes of what a bucket has only as a whole and several programs own in part: {@link io.github.camelb2.operation.rule.RuleChange}. */
@NullMarked
package io.github.camelb2.operation.rule;

import org.jspecify.annotations.NullMarked;
