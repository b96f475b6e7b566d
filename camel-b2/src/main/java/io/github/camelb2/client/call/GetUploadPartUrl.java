package io.github.camelb2.client.call;

import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Repeat;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.UploadPartUrl;

/**
 * Answers where to upload parts of a large file.
 *
 * @param fileId the version
 * @see <a href="https://www.backblaze.com/apidocs/b2-get-upload-part-url">Backblaze: b2_get_upload_part_url</a>
 */
public record GetUploadPartUrl(String fileId) implements B2Call<UploadPartUrl> {
    public GetUploadPartUrl {
        Checks.given("b2_get_upload_part_url", "fileId", fileId);
    }

    /** With the members that B2 requires. */
    public static GetUploadPartUrl of(String fileId) {
        return new GetUploadPartUrl(fileId);
    }

    @Override
    public String name() {
        return "b2_get_upload_part_url";
    }

    @Override
    public Class<UploadPartUrl> responseType() {
        return UploadPartUrl.class;
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
        return "large file " + fileId;
    }
}
