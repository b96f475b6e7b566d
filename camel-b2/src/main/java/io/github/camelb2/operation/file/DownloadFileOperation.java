// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Constants;
import io.github.camelb2.DownloadedFile;
import io.github.camelb2.RemoteContent;
import io.github.camelb2.RemoteFileBody;
import io.github.camelb2.body.LentDownload;
import io.github.camelb2.body.UnreadAnswer;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.model.file.ByteRange;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.transfer.download.DownloadedTo;
import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.step.Operation;
import io.github.camelb2.operation.step.OperationScope;
import io.github.camelb2.operation.step.ReadCondition;
import io.github.camelb2.operation.step.Reply;
import io.github.camelb2.operation.step.View;

/** Makes the content of a file the message body: as a stream that is read from B2 when it is read, or as a local file. */
public final class DownloadFileOperation implements Operation<DownloadFile, Downloaded> {
    private static final int RANGE_NOT_SATISFIABLE = 416;

    /** 10 TB: what B2 takes at most. */
    private static final long LONGEST_FILE = 10_000_000_000_000L;

    @Override
    public Class<DownloadFile> requestType() {
        return DownloadFile.class;
    }

    @Override
    public DownloadFile bind(Params params, OperationScope scope) {
        DownloadFile request = FileRequests.of(params);
        return params.range().map(request::withRange).orElse(request);
    }

    @Override
    public Downloaded run(DownloadFile request, OperationScope scope) {
        String directory = scope.options().getLocalWorkDirectory();
        DownloadFile seen = FileRequests.seen(request, scope);
        return directory == null ? remote(seen, scope) : local(seen, Path.of(directory), scope);
    }

    private static Downloaded remote(DownloadFile request, OperationScope scope) {
        // What is held until somebody reads it must leave connections to others: then only the description is asked
        // for.
        return scope.client().hasConnectionsToSpare() ? opened(request, scope) : described(request, scope);
    }

    /** One request describes the file, and its answer is what the first reading reads. */
    private static Downloaded opened(DownloadFile request, OperationScope scope) {
        ByteRange asked = within(request.range(), LONGEST_FILE);
        LentDownload answer;
        try {
            answer = LentDownload.open(
                    scope.lease(),
                    client -> client.open(request.withRange(asked), scope.transfers(), scope.settings()));
            if (scope.readCondition().isUnchanged(answer.file())) {
                // Cuts the connection: what is on its way is not read.
                answer.close();
                return Downloaded.unchanged(answer.file());
            }
        } catch (B2NotFoundException e) {
            throw FileRequests.absent(request, Optional.empty());
        } catch (B2Exception e) {
            if (request.range() == null || e.status() != RANGE_NOT_SATISFIABLE) {
                throw e;
            }
            // The description says why.
            return described(request, scope);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        RemoteContent content = content(request, answer.file(), scope);
        return new Downloaded(
                answer.file(),
                content.withUnread(UnreadAnswer.of(answer, scope.client(), content.idleTimeout(), content.address())),
                null,
                content.length());
    }

    private static Downloaded described(DownloadFile request, OperationScope scope) {
        FileVersion version = FileRequests.head(request.withRange(null), scope);
        if (scope.readCondition().isUnchanged(version)) {
            return Downloaded.unchanged(version);
        }
        RemoteContent content = content(request, version, scope);
        if (content.range() != null && content.length() == 0) {
            throw new IllegalArgumentException("downloadFile: the range " + content.range()
                    + " starts behind the end of " + content + ", which has " + version.contentLength() + " bytes");
        }
        return new Downloaded(version, content, null, content.length());
    }

    private static RemoteContent content(DownloadFile request, FileVersion version, OperationScope scope) {
        return new RemoteContent(
                scope.lease(),
                scope.accountInfo().accountId(),
                request.bucketName() == null ? "" : request.bucketName(),
                version,
                within(request.range(), version.contentLength()),
                request.serverSideEncryption(),
                scope.transfers(),
                scope.settings(),
                Duration.ofMillis(scope.options().getBodyIdleTimeout()));
    }

    /** The range without what is behind the end of the file, where a service may not follow with any number. */
    private static @Nullable ByteRange within(@Nullable ByteRange range, long length) {
        Long end = range == null ? null : range.end();
        return range == null || end == null || end < length || range.start() >= length
                ? range
                : ByteRange.from(range.start());
    }

    private static Downloaded local(DownloadFile request, Path directory, OperationScope scope) {
        String name = request.fileName();
        ReadCondition condition = scope.readCondition();
        try (LocalTarget target = LocalTarget.below(directory)) {
            // Before anything is asked of B2, where the name is known.
            if (name != null) {
                target.find(name);
            }
            DownloadedTo downloaded = scope.client()
                    .download(
                            request.withRange(within(request.range(), LONGEST_FILE)),
                            version -> {
                                if (condition.isUnchanged(version)) {
                                    throw new Unchanged(version);
                                }
                                return target.prepare(name == null ? version.fileName() : name);
                            },
                            scope.transfers(),
                            scope.settings());
            target.complete();
            ByteRange range = request.range();
            long all = downloaded.version().contentLength();
            return new Downloaded(
                    downloaded.version(), null, downloaded.file(), range == null ? all : range.lengthWithin(all));
        } catch (Unchanged e) {
            return Downloaded.unchanged(e.version);
        }
    }

    /** Leaves a download whose first headers say that its content is not wanted; nothing has been written yet. */
    private static final class Unchanged extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient FileVersion version;

        private Unchanged(FileVersion version) {
            super("unchanged", null, false, false);
            this.version = version;
        }
    }

    @Override
    public void reply(Downloaded result, Reply reply) {
        RemoteContent content = result.content();
        if (content != null) {
            content.unread().closeWith(reply.exchange());
        }
        reply.found(result.version());
        if (result.isUnchanged()) {
            reply.header(B2Constants.FOUND_OUTCOME, "unchanged");
            reply.body(null);
            return;
        }
        if (View.of(reply.params()).isConditional()) {
            reply.header(B2Constants.FOUND_OUTCOME, "changed");
        } else {
            reply.message().removeHeader(B2Constants.FOUND_OUTCOME);
        }
        Path file = result.localFile();
        reply.header(B2Constants.FOUND_CONTENT_LENGTH, result.length());
        if (file != null) {
            reply.body(new DownloadedFile(file, result.version()));
        } else if (content != null) {
            reply.body(new RemoteFileBody(content).closedWith(reply.exchange()));
        }
    }
}
