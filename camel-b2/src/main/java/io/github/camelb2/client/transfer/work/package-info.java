// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * What all transfers of one client work with: the {@link io.github.camelb2.client.transfer.work.Session session} that
 * they belong to, threads for parts ({@code PartCrew}), progress, and the large files under way.
 */
@NullMarked
package io.github.camelb2.client.transfer.work;

import org.jspecify.annotations.NullMarked;
