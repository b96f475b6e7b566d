// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * What the client promises and what it can fail with: the leaf of the client, which imports nothing else of it.
 *
 * <ul>
 *   <li>{@link io.github.camelb2.client.api.B2Call}: one call of the B2 Native API.
 *   <li>{@link io.github.camelb2.client.api.B2Exception} and its subtypes: one for each thing that a caller can do.
 *   <li>{@link io.github.camelb2.client.api.AccountInfo} and {@link
 *       io.github.camelb2.client.api.AccountInfoRepository}: who is logged in, and where that is kept.
 *   <li>{@link io.github.camelb2.client.api.ClientListener}: what the client is doing, for progress, metrics and traces.
 * </ul>
 */
@NullMarked
package io.github.camelb2.client.api;

import org.jspecify.annotations.NullMarked;
