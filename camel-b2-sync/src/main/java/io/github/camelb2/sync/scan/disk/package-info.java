// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** What a disk is like: names, links, times, mounts and identities of directories. */
@NullMarked
package io.github.camelb2.sync.scan.disk;

import org.jspecify.annotations.NullMarked;
