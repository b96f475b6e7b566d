// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * What a run tells: figures while it works ({@link io.github.camelb2.sync.report.SyncProgress}), a report at its end
 * ({@link io.github.camelb2.sync.report.SyncReport}), and the failure that carries it.
 */
@NullMarked
package io.github.camelb2.sync.report;

import org.jspecify.annotations.NullMarked;
