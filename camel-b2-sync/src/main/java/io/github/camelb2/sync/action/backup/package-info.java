// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Keeps what a run would replace or remove on this machine: {@link io.github.camelb2.sync.action.backup.Backup} is asked
 * before a file goes, {@link io.github.camelb2.sync.action.backup.BackupDirectory} puts it aside.
 */
@NullMarked
package io.github.camelb2.sync.action.backup;

import org.jspecify.annotations.NullMarked;
