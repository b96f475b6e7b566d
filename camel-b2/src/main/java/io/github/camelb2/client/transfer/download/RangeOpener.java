// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.download;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.B2ConflictException;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.http.HttpCall;
import io.github.camelb2.client.http.HttpDownload;
import io.github.camelb2.client.model.file.ByteRange;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.retry.Attempt;
import io.github.camelb2.client.retry.CallContext;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.plan.Slice;
import io.github.camelb2.client.transfer.work.TransferTools;

/** Asks for ranges of one file version with the token of the login. For one thread: one for each reader. */
final class RangeOpener implements ResumingReader.Opener {
    static final int RANGE_NOT_SATISFIABLE = 416;

    private static final int MOST_WRONG_RANGES = 3;

    private final TransferTools tools;
    private final DownloadFile request;
    private final CallContext context;
    private final CallSettings settings;
    /** What the first answer has told; null for the first request. */
    private final @Nullable FileVersion version;

    private String usedToken = "";
    private int wrongRanges;

    private RangeOpener(
            TransferTools tools,
            DownloadFile request,
            CallContext context,
            CallSettings settings,
            @Nullable FileVersion version) {
        this.tools = tools;
        this.request = request;
        this.context = context;
        this.settings = settings;
        this.version = version;
    }

    /** For the first request, which finds out the version. */
    static RangeOpener of(TransferTools tools, DownloadFile request, CallSettings settings) {
        CallContext context = CallContext.download(request.name(), request.subject());
        return new RangeOpener(tools, request, context, settings, null);
    }

    /**
     * For more of a version that is known. It is asked for by its id, so that what came by name cannot be mixed with
     * what has taken the name since; a token for names only is used by name, and another version is refused.
     */
    RangeOpener of(FileVersion version) {
        DownloadFile more = request.downloadAuthorization() == null ? request.withFileId(version.fileId()) : request;
        return new RangeOpener(tools, more, context, settings, version);
    }

    /** The same for another reader. */
    RangeOpener again() {
        return new RangeOpener(tools, request, context, settings, version);
    }

    /** The first answer, tried again until it comes; it begins where the range does. */
    HttpDownload open(@Nullable ByteRange range) {
        return tools.retrier().run(context, settings, new Attempt<HttpDownload>() {
            @Override
            public HttpDownload run(Try current) {
                return RangeOpener.this.open(range, current);
            }

            @Override
            public void reauthorize(B2Exception failure) {
                RangeOpener.this.reauthorize(failure);
            }

            @Override
            public boolean isHopeless(B2Exception failure) {
                return RangeOpener.this.isHopeless();
            }
        });
    }

    /** Reads a range of the version on its own connections. */
    ResumingReader reader(Slice range, @Nullable HttpDownload first) {
        return new ResumingReader(this, tools.retrier(), context, settings, range, first);
    }

    @Override
    public HttpDownload open(long from, long to, Attempt.Try current) {
        return open(ByteRange.of(from, to - 1), current);
    }

    private HttpDownload open(@Nullable ByteRange range, Attempt.Try current) {
        AccountInfo login = tools.login(current.settings());
        usedToken = login.authorizationToken();
        DownloadFile asked = request.withRange(range);
        HttpDownload opened = tools.transport()
                .download(new HttpCall(context, asked.url(login.downloadUrl()), asked.headers(usedToken), current));
        try {
            request.check(context.call(), opened.file());
        } catch (B2TransportException e) {
            opened.close();
            throw e;
        }
        if (version != null && !version.fileId().equals(opened.file().fileId())) {
            opened.close();
            throw new B2ConflictException(ErrorDetails.local(
                            context.call(), context.subject(), "another version took its name while it was read")
                    .withAdvice("download it again"));
        }
        return startingWith(range, opened);
    }

    /**
     * Makes an answer begin where the range does: B2 answers the whole file to {@code bytes=0-}, and a cache may do so
     * to any range. One of other bytes is refused; asking once more may reach another cache, but not for ever.
     */
    private HttpDownload startingWith(@Nullable ByteRange range, HttpDownload opened) {
        long start = range == null ? 0 : range.start();
        long all = opened.file().contentLength();
        long wanted = range == null ? all : range.lengthWithin(all);
        boolean usable = false;
        try {
            if (version != null && version.contentLength() != all) {
                throw new IOException("the answer says that the file has " + all + " bytes, and the first one said "
                        + version.contentLength());
            }
            if (wanted == 0 && start > 0) {
                throw behindTheEnd(start, all);
            }
            opened.skipTo(start);
            if (opened.contentLength() < wanted) {
                throw new IOException("asked for " + wanted + " bytes, got " + opened.contentLength());
            }
            usable = true;
            wrongRanges = 0;
            return opened;
        } catch (IOException e) {
            wrongRanges++;
            throw new B2TransportException(
                    ErrorDetails.local(
                            context.call(), context.subject(), "not the range that was asked for: " + e.getMessage()),
                    e);
        } finally {
            if (!usable) {
                opened.close();
            }
        }
    }

    private B2Exception behindTheEnd(long start, long all) {
        return new B2Exception(new ErrorDetails(
                context.call(),
                context.subject(),
                RANGE_NOT_SATISFIABLE,
                "range_not_satisfiable",
                "the range begins at byte " + start + ", the file has " + all,
                "",
                null));
    }

    @Override
    public boolean isHopeless() {
        return wrongRanges >= MOST_WRONG_RANGES;
    }

    @Override
    public void reauthorize(B2Exception failure) {
        if (request.downloadAuthorization() != null) {
            throw failure;
        }
        tools.session().reauthorize(usedToken, settings);
    }
}
