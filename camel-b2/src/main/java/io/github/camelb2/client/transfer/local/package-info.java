// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * This machine's side of a transfer: {@link io.github.camelb2.client.transfer.local.UploadSource sources} of uploads,
 * streams cut into pieces that can be read again, temporary files and the locks on them, and the words for what fails
 * here and not in the network.
 */
@NullMarked
package io.github.camelb2.client.transfer.local;

import org.jspecify.annotations.NullMarked;
