package io.github.camelb2.operation.file;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Constants;
import io.github.camelb2.DownloadedFile;
import io.github.camelb2.RemoteContent;
import io.github.camelb2.RemoteFileBody;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.model.file.ByteRange;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.step.Operation;
import io.github.camelb2.operation.step.OperationScope;
import io.github.camelb2.operation.step.Reply;

/** Makes the content of a file the message body: as a stream that is read from B2 when it is read, or as a local file. */
public final class DownloadFileOperation implements Operation<DownloadFile, Downloaded> {
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
        return directory == null ? remote(request, scope) : local(request, Path.of(directory), scope);
    }

    private static Downloaded remote(DownloadFile request, OperationScope scope) {
        FileVersion version = FileRequests.head(request.withRange(null), scope);
        ByteRange range = within(request.range(), version.contentLength());
        RemoteContent content = new RemoteContent(
                scope.lease(),
                scope.accountInfo().accountId(),
                request.bucketName() == null ? "" : request.bucketName(),
                version,
                range,
                request.serverSideEncryption(),
                scope.transfers(),
                scope.settings(),
                Duration.ofMillis(scope.options().getBodyIdleTimeout()));
        if (range != null && content.length() == 0) {
            throw new IllegalArgumentException("downloadFile: the range " + range + " starts behind the end of "
                    + content + ", which has " + version.contentLength() + " bytes");
        }
        return new Downloaded(version, content, null);
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
        if (name == null) {
            name = FileRequests.head(request.withRange(null), scope).fileName();
        }
        Path target = LocalTarget.resolve(directory, name);
        return new Downloaded(
                scope.client().download(request, target, scope.transfers(), scope.settings()), null, target);
    }

    @Override
    public void reply(Downloaded result, Reply reply) {
        reply.found(result.version());
        Path file = result.localFile();
        RemoteContent content = result.content();
        if (file != null) {
            reply.body(new DownloadedFile(file, result.version()));
        } else if (content != null) {
            reply.header(B2Constants.FOUND_CONTENT_LENGTH, content.length());
            reply.body(new RemoteFileBody(content).closedWith(reply.exchange()));
        }
    }
}
