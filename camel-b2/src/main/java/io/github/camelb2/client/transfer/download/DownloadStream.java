// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.download;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2ChecksumException;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.http.HttpDownload;
import io.github.camelb2.client.model.file.ByteRange;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.local.MemoryBudget;
import io.github.camelb2.client.transfer.local.Sha1;
import io.github.camelb2.client.transfer.plan.Slice;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.client.transfer.plan.TransferOptions.StreamMemory;
import io.github.camelb2.client.transfer.work.TransferProgress;
import io.github.camelb2.client.transfer.work.TransferTools;

/**
 * The bytes of a file version, or of a range of it, as they arrive.
 *
 * <p>After a broken read it asks for the rest of the same version. A whole file whose SHA-1 is known is checked before
 * its last bytes are given out, so that damaged content never looks complete. One that is short enough for the client's
 * memory is checked before its first byte is given out, and fetched again, up to three times, when it is damaged.
 * Closing it early cuts the connection and reads nothing more. Reads throw {@link
 * io.github.camelb2.client.api.B2Exception} when B2 refuses, the checksum is wrong, or the time for retrying is over;
 * content that was found damaged stays so for every later read. For one thread, but {@link #close} may come from another.
 */
public final class DownloadStream extends InputStream {
    /** What every JVM makes an array of. */
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final RangeOpener opener;
    private final FileVersion file;
    private final long start;
    private final long length;
    private final Checksums checksums;
    private final @Nullable String expectedSha1;
    private final Sha1 digest;
    private final TransferProgress progress;
    private final MemoryBudget memory;
    private final StreamMemory limits;
    private volatile ResumingReader reader;
    private volatile byte @Nullable [] checked;
    private boolean checkedFirst;
    private boolean taken;
    private long given;
    private @Nullable B2ChecksumException damage;
    private volatile boolean closed;

    private DownloadStream(
            RangeOpener opener,
            HttpDownload first,
            Slice range,
            TransferTools tools,
            TransferOptions options,
            CallSettings settings) {
        this.opener = opener;
        this.file = first.file();
        this.start = range.offset();
        this.length = range.length();
        this.checksums = new Checksums(options.verify());
        boolean whole = start == 0 && length == file.contentLength();
        this.expectedSha1 = whole ? checksums.expected(file).orElse(null) : null;
        this.digest = new Sha1();
        this.progress = tools.progress(file.fileName(), length, settings);
        this.memory = tools.store().memory();
        this.limits = options.memory();
        this.reader = opener.reader(range, first);
    }

    /** Opens a file, or a range of it, for reading; the caller closes the stream. */
    public static DownloadStream open(
            TransferTools tools, DownloadFile request, TransferOptions options, CallSettings settings) {
        RangeOpener opener = RangeOpener.of(tools, request, settings);
        ByteRange range = request.range();
        HttpDownload first = opener.open(range);
        long all = first.file().contentLength();
        Slice wanted = range == null ? new Slice(1, 0, all) : new Slice(1, range.start(), range.lengthWithin(all));
        DownloadStream stream = new DownloadStream(opener.of(first.file()), first, wanted, tools, options, settings);
        if (wanted.length() == 0) {
            stream.end();
        }
        return stream;
    }

    /** Takes over what was closed, with what is known of the bytes that it has given. */
    private DownloadStream(
            DownloadStream before, RangeOpener opener, HttpDownload rest, TransferTools tools, CallSettings settings) {
        this.opener = opener;
        this.file = before.file;
        this.start = before.start;
        this.length = before.length;
        this.given = before.given;
        this.checksums = before.checksums;
        this.expectedSha1 = before.expectedSha1;
        this.digest = before.digest;
        this.progress = tools.progress(file.fileName(), length, settings);
        this.memory = tools.store().memory();
        this.limits = before.limits;
        this.progress.add(given);
        this.reader = opener.reader(new Slice(1, start + given, length - given), rest);
    }

    /**
     * Opens the rest of what a stream that was closed early had still to give. It is checked together with what that one
     * has given, so that a pause hides no damage. The caller closes the stream.
     *
     * @param before closed, and read no more
     * @param request what {@code before} was opened with
     * @throws B2ChecksumException if {@code before} was found damaged
     */
    public static DownloadStream goOn(
            DownloadStream before,
            TransferTools tools,
            DownloadFile request,
            TransferOptions options,
            CallSettings settings)
            throws IOException {
        if (before.damage != null) {
            throw before.damage;
        }
        if (before.given == 0 || before.given == before.length || before.checkedFirst) {
            DownloadStream stream = open(tools, request, options, settings);
            stream.skipNBytes(before.given);
            return stream;
        }
        RangeOpener opener = RangeOpener.of(tools, request, settings).of(before.file);
        long from = before.start + before.given;
        HttpDownload rest = opener.open(ByteRange.of(from, before.start + before.length - 1));
        return new DownloadStream(before, opener, rest, tools, settings);
    }

    /** The version that is read, as the headers of the download describe it; its length is that of the whole file. */
    public FileVersion file() {
        return file;
    }

    /** How many bytes this stream gives in all. */
    public long length() {
        return length;
    }

    /** The SHA-1 that the content is checked against at its end; empty for a range, and where B2 knows none. */
    public Optional<String> expectedSha1() {
        return Optional.ofNullable(expectedSha1);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /**
     * Reads all that is left. Of a whole file nobody has seen a byte then, so that one of any length is fetched again when
     * it arrives damaged.
     */
    @Override
    public byte[] readAllBytes() throws IOException {
        String expected = expectedSha1;
        boolean isUnseen = given == 0 && checked == null && damage == null && !closed;
        if (expected == null || !isUnseen || length == 0 || length > LONGEST_ARRAY) {
            return super.readAllBytes();
        }
        byte[] content = fetchUndamaged(expected);
        checked = content;
        checkedFirst = true;
        given = length;
        end();
        return content;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, target.length);
        if (closed) {
            throw new IOException("the download of " + file.fileName() + " is closed");
        }
        if (count == 0) {
            return 0;
        }
        if (damage != null) {
            throw damage;
        }
        if (given == length) {
            return -1;
        }
        if (given == 0) {
            fetchIfShort();
        }
        byte[] content = checked;
        int read = content == null ? readOn(target, offset, count) : copy(content, target, offset, count);
        given += read;
        if (given == length) {
            end();
        }
        return read;
    }

    private int readOn(byte[] target, int offset, int count) {
        int read = reader.read(target, offset, count);
        if (expectedSha1 != null) {
            digest.update(target, offset, read);
        }
        progress.add(read);
        return read;
    }

    private int copy(byte[] content, byte[] target, int offset, int count) {
        int copied = (int) Math.min(count, length - given);
        System.arraycopy(content, (int) given, target, offset, copied);
        return copied;
    }

    /** Fetches all of a short file that can be checked, until it arrives undamaged. */
    private void fetchIfShort() {
        String expected = expectedSha1;
        if (expected == null || checked != null || !memory.tryTake(length, limits)) {
            return;
        }
        taken = true;
        checked = fetchUndamaged(expected);
        checkedFirst = true;
    }

    private byte[] fetchUndamaged(String expected) {
        byte[] content = new byte[(int) length];
        try {
            while (!fetch(content, expected)) {
                reader.close();
                reader = opener.again().reader(new Slice(1, start, length), null);
            }
        } catch (B2ChecksumException e) {
            damage = e;
            throw e;
        }
        return content;
    }

    private boolean fetch(byte[] content, String expected) {
        int filled = 0;
        while (filled < content.length) {
            int count = reader.read(content, filled, content.length - filled);
            filled += count;
            progress.add(count);
        }
        digest.update(content, 0, content.length);
        boolean good = checksums.accept(file, expected, digest.hex());
        if (!good) {
            progress.add(-content.length);
        }
        return good;
    }

    private void end() {
        reader.close();
        giveBack();
        progress.close();
        if (expectedSha1 != null && !checkedFirst) {
            try {
                checksums.acceptAnyway(file, expectedSha1, digest.hex());
            } catch (B2ChecksumException e) {
                damage = e;
                throw e;
            }
        }
        progress.end();
    }

    private void giveBack() {
        if (taken) {
            taken = false;
            memory.giveBack(length);
        }
    }

    /** 0: what is at hand in the connection is not known. */
    @Override
    public int available() {
        return 0;
    }

    @Override
    public void close() {
        closed = true;
        reader.close();
        checked = null;
        giveBack();
        progress.close();
    }
}
