// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.download;

import java.nio.file.Path;

import io.github.camelb2.client.model.file.FileVersion;

/**
 * What was downloaded to disk.
 *
 * @param version the version that was downloaded
 * @param file where it is
 */
public record DownloadedTo(FileVersion version, Path file) {}
