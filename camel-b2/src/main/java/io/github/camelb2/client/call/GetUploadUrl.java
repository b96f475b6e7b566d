package io.github.camelb2.client.call;

import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Repeat;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.UploadUrl;

/**
 * Answers where to upload small files.
 *
 * @param bucketId the bucket
 * @see <a href="https://www.backblaze.com/apidocs/b2-get-upload-url">Backblaze: b2_get_upload_url</a>
 */
public record GetUploadUrl(String bucketId) implements B2Call<UploadUrl> {
    public GetUploadUrl {
        Checks.given("b2_get_upload_url", "bucketId", bucketId);
    }

    /** With the members that B2 requires. */
    public static GetUploadUrl of(String bucketId) {
        return new GetUploadUrl(bucketId);
    }

    @Override
    public String name() {
        return "b2_get_upload_url";
    }

    @Override
    public Class<UploadUrl> responseType() {
        return UploadUrl.class;
    }

    @Override
    public Capability capability() {
        return Capability.WRITE_FILES;
    }

    @Override
    public Repeat repeat() {
        return Repeat.SAFE;
    }

    @Override
    public TransactionClass transactionClass() {
        return TransactionClass.A;
    }

    @Override
    public String subject() {
        return "bucket " + bucketId;
    }
}
