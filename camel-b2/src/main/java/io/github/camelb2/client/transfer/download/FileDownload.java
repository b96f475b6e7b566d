// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.download;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.http.HttpDownload;
import io.github.camelb2.client.model.file.ByteRange;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.local.Sha1;
import io.github.camelb2.client.transfer.local.TemporaryFile;
import io.github.camelb2.client.transfer.plan.PartPlan;
import io.github.camelb2.client.transfer.plan.Slice;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.client.transfer.work.TransferProgress;
import io.github.camelb2.client.transfer.work.TransferTools;

/**
 * Downloads one file to disk: the first range tells how many there are, the others come in parallel. One object for one
 * download, used by the thread that asked for it.
 */
public final class FileDownload {
    private static final Logger LOG = LoggerFactory.getLogger(FileDownload.class);
    private static final int BUFFER = 64 << 10;

    /** What is read to memory as a whole, by each worker. */
    private static final int SHORT = 256 << 10;

    /** So often in turn a directory goes before the file is in it. */
    private static final int MOST_TRIES = 10;

    private final TransferTools tools;
    private final DownloadFile request;
    private final Function<FileVersion, Path> target;
    private final TransferOptions options;
    private final CallSettings settings;

    /**
     * @param target where the version that B2 answers with goes; asked once for each answer, before anything is written,
     *     and again, a few times at most, where the directory is gone by then: it may make it again, and answers the
     *     same file
     */
    public FileDownload(
            TransferTools tools,
            DownloadFile request,
            Function<FileVersion, Path> target,
            TransferOptions options,
            CallSettings settings) {
        this.tools = tools;
        this.request = request;
        this.target = target;
        this.options = options;
        this.settings = settings;
    }

    /** Runs it; what arrives damaged is fetched again. */
    public DownloadedTo run() {
        RangeOpener opener = RangeOpener.of(tools, request, settings);
        Checksums checksums = new Checksums(options.verify());
        while (true) {
            try (HttpDownload first = openFirst(opener)) {
                FileVersion version = first.file();
                Path file = target.apply(version);
                if (bring(opener.of(version), first, file, checksums)) {
                    return new DownloadedTo(version, file);
                }
                // By its id from now on: the name may have gone to another version.
                opener = opener.of(version);
            }
        }
    }

    /** Whether what it brought to the target's place is good. */
    private boolean bring(RangeOpener opener, HttpDownload first, Path target, Checksums checksums) {
        FileVersion version = first.file();
        Wanted wanted = new Wanted(version, first.firstByte(), wantedLength(version));
        Optional<String> expected = wanted.isWhole() ? checksums.expected(version) : Optional.empty();
        if (wanted.length() <= SHORT && first.contentLength() >= wanted.length()) {
            return bringAtOnce(opener, first, wanted, target, checksums, expected);
        }
        try (TemporaryFile file = inItsDirectory(version, target, place -> tools.store()
                        .temporaryFile(place, wanted.length(), options.fsync(), options.access()));
                TransferProgress progress = tools.progress(version.fileName(), wanted.length(), settings)) {
            Optional<String> arrived = fetch(opener, first, wanted, file, expected.isPresent(), progress);
            if (expected.isPresent() && !checksums.accept(version, expected.get(), arrived.orElseThrow())) {
                return false;
            }
            file.moveIntoPlace(settable(version.modificationTimeMillis()));
            progress.end();
            return true;
        }
    }

    /** A short file is checked before anything is written, by one thread. */
    private boolean bringAtOnce(
            RangeOpener opener,
            HttpDownload first,
            Wanted wanted,
            Path target,
            Checksums checksums,
            Optional<String> expected) {
        FileVersion version = wanted.version();
        byte[] content = new byte[(int) wanted.length()];
        try (TransferProgress progress = tools.progress(version.fileName(), content.length, settings)) {
            try (ResumingReader reader = opener.reader(new Slice(1, wanted.start(), content.length), first)) {
                for (int read = 0; reader.remaining() > 0; ) {
                    int count = reader.read(content, read, content.length - read);
                    read += count;
                    progress.add(count);
                }
            }
            if (expected.isPresent()) {
                Sha1 digest = new Sha1();
                digest.update(content, 0, content.length);
                if (!checksums.accept(version, expected.get(), digest.hex())) {
                    return false;
                }
            }
            return inItsDirectory(version, target, place -> {
                tools.store()
                        .write(
                                place,
                                content,
                                settable(version.modificationTimeMillis()),
                                options.fsync(),
                                options.access());
                progress.end();
                return true;
            });
        }
    }

    /** A download that failed may have removed a directory which it had made, and which this one has only found. */
    private <T> T inItsDirectory(FileVersion version, Path file, Function<Path, T> writing) {
        Path place = file;
        for (int i = 1; ; i++) {
            try {
                return writing.apply(place);
            } catch (B2LocalContentException e) {
                if (i == MOST_TRIES || !(e.getCause() instanceof NoSuchFileException)) {
                    throw e;
                }
                LOG.debug("The directory of {} is gone", place, e);
                place = target.apply(version);
            }
        }
    }

    /** Java takes a fraction of a second before 1970 for a mistake and sets 1970: such a time loses its fraction. */
    private static FileTime settable(long millis) {
        return millis < 0 ? FileTime.from(Math.floorDiv(millis, 1000L), TimeUnit.SECONDS) : FileTime.fromMillis(millis);
    }

    private HttpDownload openFirst(RangeOpener opener) {
        if (options.maxConcurrency() == 1) {
            return opener.open(request.range());
        }
        ByteRange whole = request.range();
        long start = whole == null ? 0 : whole.start();
        long last = start + PartPlan.firstRange(options.partSize()) - 1;
        Long end = whole == null ? null : whole.end();
        try {
            return opener.open(ByteRange.of(start, end == null ? last : Math.min(last, end)));
        } catch (B2Exception e) {
            if (e.status() == RangeOpener.RANGE_NOT_SATISFIABLE && whole == null) {
                // No range fits an empty file.
                return opener.open(null);
            }
            throw e;
        }
    }

    private long wantedLength(FileVersion version) {
        ByteRange range = request.range();
        return range == null ? version.contentLength() : range.lengthWithin(version.contentLength());
    }

    /** Brings all ranges to the file; answers their SHA-1 if it is wanted. */
    private Optional<String> fetch(
            RangeOpener opener,
            HttpDownload first,
            Wanted wanted,
            TemporaryFile file,
            boolean hashed,
            TransferProgress progress) {
        @Nullable PrefixHasher hasher = hashed ? new PrefixHasher() : null;
        RangeWriter writer = new RangeWriter(file, hasher, progress, tools.parts(), wanted.start());
        Iterator<Slice> ranges = plan(first, wanted.length()).parts().iterator();
        Slice firstRange = ranges.next();
        @Nullable HttpDownload[] open = {first};
        try {
            tools.crew(options).run(taken -> {
                Slice range;
                HttpDownload answer;
                boolean more;
                synchronized (ranges) {
                    answer = open[0];
                    open[0] = null;
                    if (answer == null && !ranges.hasNext()) {
                        return false;
                    }
                    range = answer != null ? firstRange : ranges.next();
                    more = ranges.hasNext();
                }
                if (more) {
                    taken.run();
                }
                writer.fetch(opener.again(), range, answer);
                return true;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new B2TransportException(ErrorDetails.local("download", request.subject(), "it was interrupted"), e);
        }
        if (hasher == null) {
            return Optional.empty();
        }
        hasher.catchUp(file);
        return Optional.of(hasher.hex());
    }

    /** The ranges behind the first answer, which has more than the first range if the service does not do ranges. */
    private PartPlan plan(HttpDownload first, long length) {
        boolean all = first.contentLength() >= length;
        return all
                ? PartPlan.forDownload(length, Math.max(1, length), 1)
                : PartPlan.forDownload(length, options.partSize(), options.maxConcurrency());
    }

    /** What is to be on disk in the end: that many bytes of the version from {@code start}. */
    private record Wanted(FileVersion version, long start, long length) {
        boolean isWhole() {
            return start == 0 && length == version.contentLength();
        }
    }

    /** Brings ranges to disk; positions in the file are those in the version less {@code start}. Thread-safe. */
    private record RangeWriter(
            TemporaryFile file, @Nullable PrefixHasher hasher, TransferProgress progress, Executor helper, long start) {
        void fetch(RangeOpener opener, Slice range, @Nullable HttpDownload answer) {
            PrefixHasher leading = hasher != null && hasher.lead(range) ? hasher : null;
            byte[] buffer = new byte[(int) Math.min(BUFFER, range.length())];
            Slice remote = new Slice(range.number(), range.offset() + start, range.length());
            try (ResumingReader reader = opener.reader(remote, answer)) {
                while (reader.remaining() > 0) {
                    long position = reader.position() - start;
                    int count = reader.read(buffer, 0, buffer.length);
                    file.write(buffer, count, position);
                    if (leading != null) {
                        leading.update(buffer, count);
                    }
                    progress.add(count);
                }
            }
            file.forceMeanwhile(range.length(), helper);
            if (leading != null) {
                leading.led(range);
            } else if (hasher != null) {
                hasher.arrived(range);
            }
            if (hasher != null) {
                hasher.catchUp(file);
            }
        }
    }
}
