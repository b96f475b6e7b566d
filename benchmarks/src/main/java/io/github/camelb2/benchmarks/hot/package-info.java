// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * What runs for every file, every name or every byte, alone and warm, by JMH: {@code benchmarks/run.sh hot}. A figure here says whether a
 * change made a piece cheaper; what it is worth to a user, the cases say.
 */
@NullMarked
package io.github.camelb2.benchmarks.hot;

import org.jspecify.annotations.NullMarked;
