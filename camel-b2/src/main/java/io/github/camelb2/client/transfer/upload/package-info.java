// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Brings content to B2: {@code Uploader} decides between one piece and parts, {@code LargeUpload} sends parts in
 * parallel, {@code ContentSender} sends one small file or part with an upload URL of {@code UploadUrlPool}, hashed as it
 * goes by ({@code Sha1Trailer}).
 */
@NullMarked
package io.github.camelb2.client.transfer.upload;

import org.jspecify.annotations.NullMarked;
