package io.github.camelb2.operation;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.call.FileCalls.GetDownloadAuthorization;
import io.github.camelb2.client.model.DownloadAuthorization;

/** Makes a token that lets its bearer download the files under a prefix. */
final class GetDownloadAuthorizationOperation
        implements CallOperation<GetDownloadAuthorization, DownloadAuthorization> {
    @Override
    public Class<GetDownloadAuthorization> requestType() {
        return GetDownloadAuthorization.class;
    }

    @Override
    public BucketNeed bucketNeed() {
        return BucketNeed.ID;
    }

    @Override
    public GetDownloadAuthorization bind(Params params, OperationScope scope) {
        String prefix = params.find(Inputs.PREFIX)
                .or(params::findFileName)
                .orElseThrow(() -> params.missing(
                        "a prefix", Inputs.PREFIX.whereToSet() + ", or a file name, which is one as well"));
        return GetDownloadAuthorization.of(params.bucketId(), prefix, LinkLifetime.seconds(params))
                .withOverrides(FileAttributes.overrides(params));
    }

    @Override
    public void reply(DownloadAuthorization result, Reply reply) {
        reply.header(B2Constants.DOWNLOAD_AUTHORIZATION, result.authorizationToken());
        reply.body(result);
    }
}
