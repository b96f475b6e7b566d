package io.github.camelb2.client.transfer.download;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2ChecksumException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.http.HttpDownload;
import io.github.camelb2.client.model.FileVersion;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.Transfers;
import io.github.camelb2.client.transfer.local.Sha1;
import io.github.camelb2.client.transfer.plan.Slice;
import io.github.camelb2.client.transfer.work.TransferProgress;
import io.github.camelb2.client.transfer.work.TransferTools;

/**
 * The bytes of a file version, or of a range of it, as they arrive.
 *
 * <p>After a broken read it asks for the rest of the same version. A whole file whose SHA-1 is known is checked before
 * its last bytes are given out, so that damaged content never looks complete. Closing it early cuts the connection and
 * reads nothing more. Reads throw {@link io.github.camelb2.client.api.B2Exception} when B2 refuses, the checksum is
 * wrong, or the time for retrying is over; content that was found damaged stays so for every later read. For one thread,
 * but {@link #close} may come from another.
 */
public final class DownloadStream extends InputStream {
    private final ResumingReader reader;
    private final FileVersion file;
    private final long length;
    private final @Nullable String expectedSha1;
    private final Sha1 digest = new Sha1();
    private final TransferProgress progress;
    private long given;
    private @Nullable B2ChecksumException damage;
    private volatile boolean closed;

    DownloadStream(ResumingReader reader, FileVersion file, TransferProgress progress) {
        this.reader = reader;
        this.file = file;
        this.length = reader.remaining();
        this.progress = progress;
        boolean whole = length == file.contentLength();
        this.expectedSha1 = whole ? file.knownSha1().orElse(null) : null;
        if (length == 0) {
            end();
        }
    }

    /** @see Transfers#open */
    public static DownloadStream open(TransferTools tools, DownloadFile request, CallSettings settings) {
        RangeOpener opener = RangeOpener.of(tools, request, settings);
        HttpDownload first = opener.open(request.range());
        FileVersion version = first.file();
        Slice range = new Slice(1, first.firstByte(), first.contentLength());
        TransferProgress progress = tools.progress(version.fileName(), range.length(), settings);
        return new DownloadStream(opener.of(version).reader(range, first), version, progress);
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
        int read = reader.read(target, offset, count);
        given += read;
        if (expectedSha1 != null) {
            digest.update(target, offset, read);
        }
        progress.add(read);
        if (given == length) {
            end();
        }
        return read;
    }

    private void end() {
        reader.close();
        if (expectedSha1 != null) {
            try {
                checkSha1(file, expectedSha1, digest.hex());
            } catch (B2ChecksumException e) {
                damage = e;
                throw e;
            }
        }
        progress.end();
    }

    /** @throws B2ChecksumException if they differ */
    static void checkSha1(FileVersion file, String expected, String computed) {
        if (!expected.equals(computed)) {
            throw new B2ChecksumException(ErrorDetails.local(
                            "download",
                            '"' + file.fileName() + "\" (" + file.fileId() + ")",
                            "the content arrived with SHA-1 " + computed + " instead of " + expected)
                    .withAdvice("download it again; if this stays, the stored content or its "
                            + "large_file_sha1 is damaged"));
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
    }
}
