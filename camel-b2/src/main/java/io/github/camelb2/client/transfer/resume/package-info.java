// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Who owns a large file, and what becomes of it: {@code LargeFile} from its start until it is finished, cancelled or
 * left, {@code UnfinishedFiles} to find one that was left, {@code UploadClaims} to know what this machine works on.
 */
@NullMarked
package io.github.camelb2.client.transfer.resume;

import org.jspecify.annotations.NullMarked;
