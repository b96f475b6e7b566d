// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * One record for each call of the B2 Native API, in one file for each family: its components are the members of the
 * JSON request, and null ones are left out.
 *
 * <ul>
 *   <li>{@link io.github.camelb2.client.call.BucketCalls}, {@link io.github.camelb2.client.call.FileCalls}, {@link
 *       io.github.camelb2.client.call.LargeFileCalls}, {@link io.github.camelb2.client.call.KeyCalls}, {@link
 *       io.github.camelb2.client.call.NotificationCalls}: {@code of(…)} takes what B2 requires, {@code withX(…)} sets
 *       the rest; constructors refuse what B2 would refuse, naming the member, its value and what to do.
 *   <li>{@link io.github.camelb2.client.call.UploadFile} and {@link io.github.camelb2.client.call.DownloadFile}, which
 *       are not JSON.
 * </ul>
 */
@NullMarked
package io.github.camelb2.client.call;

import org.jspecify.annotations.NullMarked;
