package io.github.camelb2.operation.file;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.call.FileCalls.GetDownloadAuthorization;
import io.github.camelb2.client.model.Bucket;
import io.github.camelb2.client.model.BucketType;
import io.github.camelb2.client.model.ContentOverrides;
import io.github.camelb2.client.model.FileNameEncoding;
import io.github.camelb2.operation.header.FileAttributes;
import io.github.camelb2.operation.header.LinkLifetime;
import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.request.DownloadLinkRequest;
import io.github.camelb2.operation.step.Operation;
import io.github.camelb2.operation.step.OperationScope;
import io.github.camelb2.operation.step.Reply;

/** Makes a link that any HTTP client can open: with a token of its own, unless the bucket is public. */
public final class CreateDownloadLinkOperation implements Operation<DownloadLinkRequest, String> {
    @Override
    public Class<DownloadLinkRequest> requestType() {
        return DownloadLinkRequest.class;
    }

    @Override
    public DownloadLinkRequest bind(Params params, OperationScope scope) {
        return new DownloadLinkRequest(
                params.bucketName(), params.fileName(), LinkLifetime.seconds(params), FileAttributes.overrides(params));
    }

    @Override
    public String run(DownloadLinkRequest request, OperationScope scope) {
        Bucket bucket = scope.client().getBucket(request.bucketName(), scope.settings());
        String link = DownloadFile.byName(bucket.bucketName(), request.fileName())
                .withOverrides(request.overrides())
                .url(scope.client().accountInfo().downloadUrl());
        boolean hasOverrides = !request.overrides().equals(ContentOverrides.NONE);
        // B2 answers other headers only to those who bring a token, also for public files.
        if (bucket.bucketType().equals(BucketType.ALL_PUBLIC) && !hasOverrides) {
            return link;
        }
        String token = scope.call(GetDownloadAuthorization.of(
                                bucket.bucketId(), request.fileName(), request.validDurationInSeconds())
                        .withOverrides(request.overrides()))
                .authorizationToken();
        return link + (hasOverrides ? "&" : "?") + "Authorization=" + FileNameEncoding.encodeParameter(token);
    }

    @Override
    public void reply(String result, Reply reply) {
        reply.header(B2Constants.DOWNLOAD_LINK, result);
        reply.body(result);
    }
}
