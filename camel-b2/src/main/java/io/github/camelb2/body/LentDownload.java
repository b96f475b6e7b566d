// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.body;

import java.io.FilterInputStream;
import java.io.IOException;

import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.transfer.download.DownloadStream;
import io.github.camelb2.lending.B2ClientLease;

/** A download with a client on loan, which is given back when the download is closed. For one thread, as the download. */
public final class LentDownload extends FilterInputStream {
    private final B2ClientLease lease;

    private LentDownload(DownloadStream stream, B2ClientLease lease) {
        super(stream);
        this.lease = lease;
    }

    /** Opens a download. */
    @FunctionalInterface
    public interface Opening {
        /** Opens it with that client; throws what the client does. */
        DownloadStream with(B2Client client) throws IOException;
    }

    /**
     * Opens a download; the caller closes it.
     *
     * @param lease is asked for another loan, because its owner may have given the client back
     */
    public static LentDownload open(B2ClientLease lease, Opening opening) throws IOException {
        B2ClientLease mine = lease.another();
        boolean isOpen = false;
        try {
            LentDownload stream = new LentDownload(opening.with(mine.client()), mine);
            isOpen = true;
            return stream;
        } finally {
            if (!isOpen) {
                mine.close();
            }
        }
    }

    /** The version that is read, as its answer describes it. */
    public FileVersion file() {
        return download().file();
    }

    /** What is read. */
    public DownloadStream download() {
        return (DownloadStream) in;
    }

    /** Left to the download, which can fetch again what arrives damaged while nobody has seen a byte of it. */
    @Override
    public byte[] readAllBytes() throws IOException {
        return in.readAllBytes();
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            lease.close();
        }
    }
}
