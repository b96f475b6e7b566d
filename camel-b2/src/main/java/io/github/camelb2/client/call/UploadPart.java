package io.github.camelb2.client.call;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.model.Encryption;

/**
 * One part of a large file on its way up.
 *
 * @param fileId the large file
 * @param partNumber 1 to 10,000; a part of that number is replaced
 * @param serverSideEncryption that of the large file; only a customer's key is sent again
 * @see <a href="https://www.backblaze.com/apidocs/b2-upload-part">Backblaze: b2_upload_part</a>
 */
public record UploadPart(
        String fileId, int partNumber, @Nullable Encryption serverSideEncryption) {
    public UploadPart {
        Checks.given("b2_upload_part", "fileId", fileId);
        Checks.range("b2_upload_part", "partNumber", partNumber, 1, 10_000);
    }

    /** What messages call it. */
    public String subject() {
        return "part " + partNumber + " of large file " + fileId;
    }

    /**
     * The headers of the upload, but for {@code Authorization}.
     *
     * @param sha1 what {@code X-Bz-Content-Sha1} says: 40 hex digits or {@code hex_digits_at_end}
     */
    public Map<String, String> headers(String sha1) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Bz-Part-Number", String.valueOf(partNumber));
        headers.put("X-Bz-Content-Sha1", sha1);
        if (serverSideEncryption != null) {
            headers.putAll(serverSideEncryption.accessHeaders());
        }
        return headers;
    }
}
