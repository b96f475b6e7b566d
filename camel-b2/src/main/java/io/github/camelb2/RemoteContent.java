// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.body.LentDownload;
import io.github.camelb2.body.UnreadAnswer;
import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.model.file.ByteRange;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.lending.B2ClientLease;

/**
 * Content that can be had from B2 again and again: one version, or a range of it. {@link #toString()} shows no secret.
 *
 * @param lease lends the client that reads it, for as long as a reading takes, whenever that is
 * @param accountId the account of the client, which can copy it without downloading it
 * @param bucketName where it is
 * @param version which version
 * @param range only these bytes, null for all
 * @param encryption with the customer's key, if the version has one; null otherwise
 * @param transfers how it is verified
 * @param settings how it is read
 * @param idleTimeout how long a connection is held for somebody who does not read
 * @param unread the answer that has described it, which the first reading reads from its beginning
 */
public record RemoteContent(
        B2ClientLease lease,
        String accountId,
        String bucketName,
        FileVersion version,
        @Nullable ByteRange range,
        @Nullable Encryption encryption,
        TransferOptions transfers,
        CallSettings settings,
        Duration idleTimeout,
        UnreadAnswer unread) {

    /** Content that nothing was asked of B2 for yet. */
    public RemoteContent(
            B2ClientLease lease,
            String accountId,
            String bucketName,
            FileVersion version,
            @Nullable ByteRange range,
            @Nullable Encryption encryption,
            TransferOptions transfers,
            CallSettings settings,
            Duration idleTimeout) {
        this(
                lease,
                accountId,
                bucketName,
                version,
                range,
                encryption,
                transfers,
                settings,
                idleTimeout,
                UnreadAnswer.NONE);
    }

    /** The same, which the first reading reads from the answer that has described it. */
    public RemoteContent withUnread(UnreadAnswer answer) {
        return new RemoteContent(
                lease, accountId, bucketName, version, range, encryption, transfers, settings, idleTimeout, answer);
    }

    /** The client of the endpoint that made the message. */
    public B2Client client() {
        return lease.client();
    }

    /** How many bytes it has. */
    public long length() {
        return range == null ? version.contentLength() : range.lengthWithin(version.contentLength());
    }

    /** Its SHA-1, where it is known; never that of a range. */
    public Optional<String> sha1() {
        return range == null ? version.knownSha1() : Optional.empty();
    }

    /**
     * Opens it from its beginning.
     *
     * @throws B2NotFoundException if the version was deleted meanwhile
     */
    public InputStream open() {
        return length() == 0 ? InputStream.nullInputStream() : unread.take().orElseGet(() -> download(range));
    }

    /** Opens {@code length} bytes of it from {@code offset}. */
    public InputStream open(long offset, long length) {
        Objects.checkFromIndexSize(offset, length, length());
        if (length == 0) {
            return InputStream.nullInputStream();
        }
        long start = (range == null ? 0 : range.start()) + offset;
        return download(ByteRange.of(start, start + length - 1));
    }

    /**
     * Opens the rest of what a stream of {@link #open()} had still to give when it was closed; it is verified together with
     * what that one has given.
     *
     * @throws B2NotFoundException if the version was deleted meanwhile
     */
    public InputStream goOn(InputStream closed) throws IOException {
        if (!(closed instanceof LentDownload before)) {
            return open();
        }
        return lent(client -> client.goOn(before.download(), request(range), transfers, settings));
    }

    private InputStream download(@Nullable ByteRange bytes) {
        try {
            return lent(client -> client.open(request(bytes), transfers, settings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DownloadFile request(@Nullable ByteRange bytes) {
        DownloadFile request = (client().isWithoutKey()
                        ? DownloadFile.byName(bucketName, version.fileName())
                        : DownloadFile.byId(version.fileId()))
                .withRange(bytes);
        return encryption == null ? request : request.withServerSideEncryption(encryption);
    }

    private InputStream lent(LentDownload.Opening opening) throws IOException {
        try {
            return LentDownload.open(lease, opening);
        } catch (B2NotFoundException e) {
            throw new B2NotFoundException(
                    e.details()
                            .withAdvice(
                                    this + " was deleted or moved after the message was made: read the body before"),
                    e);
        }
    }

    /** Gives the answer up that nobody has read, if it is still there: its connection is needed elsewhere. */
    public void giveUpUnread() {
        unread.giveUp();
    }

    /** Its address for people, as {@code b2://bucket/name}. */
    public String address() {
        return "b2://" + bucketName + "/" + version.fileName();
    }

    @Override
    public String toString() {
        return "file \"" + version.fileName() + "\" in bucket " + bucketName + " (" + version.fileId() + ")";
    }
}
