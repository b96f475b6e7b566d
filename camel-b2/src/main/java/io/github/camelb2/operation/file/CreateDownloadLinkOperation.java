// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.file;

import java.util.Optional;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.call.FileCalls.GetDownloadAuthorization;
import io.github.camelb2.client.model.bucket.Bucket;
import io.github.camelb2.client.model.bucket.BucketType;
import io.github.camelb2.client.model.file.ContentOverrides;
import io.github.camelb2.client.model.file.FileNameEncoding;
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
        AccountInfo login = scope.client().accountInfo(scope.settings());
        Optional<Bucket> bucket = known(request.bucketName(), login, scope);
        String link = DownloadFile.byName(
                        bucket.map(Bucket::bucketName).orElse(request.bucketName()), request.fileName())
                .withOverrides(request.overrides())
                .url(login.downloadUrl());
        boolean hasOverrides = !request.overrides().equals(ContentOverrides.NONE);
        boolean isPublic = bucket.filter(it -> it.bucketType().equals(BucketType.ALL_PUBLIC))
                .isPresent();
        // B2 answers other headers only to those who bring a token, also for public files.
        if (isPublic && !hasOverrides) {
            return link;
        }
        String bucketId = bucket.map(Bucket::bucketId)
                .orElseGet(() -> scope.client().bucketId(request.bucketName(), scope.settings()));
        String token = scope.call(
                        GetDownloadAuthorization.of(bucketId, request.fileName(), request.validDurationInSeconds())
                                .withOverrides(request.overrides()))
                .authorizationToken();
        return link + (hasOverrides ? "&" : "?") + "Authorization=" + FileNameEncoding.encodeParameter(token);
    }

    /** A key that may share and read need not be one that may list buckets: a link with a token works for any bucket. */
    private static Optional<Bucket> known(String bucketName, AccountInfo login, OperationScope scope) {
        return login.allowed().has(Capability.LIST_BUCKETS)
                ? Optional.of(scope.client().getBucket(bucketName, scope.settings()))
                : Optional.empty();
    }

    @Override
    public void reply(String result, Reply reply) {
        reply.header(B2Constants.DOWNLOAD_LINK, result);
        reply.body(result);
    }
}
