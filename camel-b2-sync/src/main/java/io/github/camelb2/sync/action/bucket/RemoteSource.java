// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.bucket;

import java.io.InputStream;
import java.util.OptionalLong;

import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.model.file.ByteRange;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.local.UploadSource;

/** A version of another account as the source of an upload: read again as often as it takes, never kept. */
final class RemoteSource implements UploadSource {
    private final B2Client client;
    private final DownloadFile request;
    private final FileVersion version;
    private final CallSettings calls;

    RemoteSource(B2Client client, DownloadFile request, FileVersion version, CallSettings calls) {
        this.client = client;
        this.request = request;
        this.version = version;
        this.calls = calls;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(version.contentLength());
    }

    @Override
    public boolean isReplayable() {
        return true;
    }

    @Override
    public InputStream open() {
        return client.open(request, calls);
    }

    @Override
    public InputStream open(long offset, long length) {
        boolean isWhole = offset == 0 && length == version.contentLength();
        // No range fits an empty file.
        return isWhole || length == 0
                ? open()
                : client.open(request.withRange(ByteRange.of(offset, offset + length - 1)), calls);
    }

    @Override
    public String describe() {
        return "file id " + version.fileId();
    }
}
