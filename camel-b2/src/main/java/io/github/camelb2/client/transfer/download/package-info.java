// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Brings content from B2: {@link io.github.camelb2.client.transfer.download.DownloadStream} for whoever reads it as it
 * arrives, {@code FileDownload} to disk by parallel ranges. {@code ResumingReader} goes on where a connection broke.
 */
@NullMarked
package io.github.camelb2.client.transfer.download;

import org.jspecify.annotations.NullMarked;
