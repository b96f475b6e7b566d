package io.github.camelb2.client.call;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Repeat;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.ContentOverrides;
import io.github.camelb2.client.model.DownloadAuthorization;

/**
 * Makes a token with which anybody can download files whose names begin with a prefix.
 *
 * @param bucketId the bucket
 * @param fileNamePrefix the prefix; empty for all files
 * @param validDurationInSeconds 1 to 604,800, which is a week
 * @param b2ContentDisposition the value that downloads must then ask for, too
 * @param b2ContentLanguage the value that downloads must then ask for, too
 * @param b2Expires the value that downloads must then ask for, too
 * @param b2CacheControl the value that downloads must then ask for, too
 * @param b2ContentEncoding the value that downloads must then ask for, too
 * @param b2ContentType the value that downloads must then ask for, too
 * @see <a href="https://www.backblaze.com/apidocs/b2-get-download-authorization">Backblaze: b2_get_download_authorization</a>
 */
public record GetDownloadAuthorization(
        String bucketId,
        String fileNamePrefix,
        long validDurationInSeconds,
        @Nullable String b2ContentDisposition,
        @Nullable String b2ContentLanguage,
        @Nullable String b2Expires,
        @Nullable String b2CacheControl,
        @Nullable String b2ContentEncoding,
        @Nullable String b2ContentType)
        implements B2Call<DownloadAuthorization> {
    public GetDownloadAuthorization {
        Checks.given("b2_get_download_authorization", "bucketId", bucketId);
        Checks.notNull("b2_get_download_authorization", "fileNamePrefix", fileNamePrefix);
        Checks.range("b2_get_download_authorization", "validDurationInSeconds", validDurationInSeconds, 1, 604_800);
    }

    /** With the members that B2 requires. */
    public static GetDownloadAuthorization of(String bucketId, String fileNamePrefix, long validDurationInSeconds) {
        return new GetDownloadAuthorization(
                bucketId, fileNamePrefix, validDurationInSeconds, null, null, null, null, null, null);
    }

    public GetDownloadAuthorization withB2ContentDisposition(String value) {
        return new GetDownloadAuthorization(
                bucketId,
                fileNamePrefix,
                validDurationInSeconds,
                value,
                b2ContentLanguage,
                b2Expires,
                b2CacheControl,
                b2ContentEncoding,
                b2ContentType);
    }

    public GetDownloadAuthorization withB2ContentLanguage(String value) {
        return new GetDownloadAuthorization(
                bucketId,
                fileNamePrefix,
                validDurationInSeconds,
                b2ContentDisposition,
                value,
                b2Expires,
                b2CacheControl,
                b2ContentEncoding,
                b2ContentType);
    }

    public GetDownloadAuthorization withB2Expires(String value) {
        return new GetDownloadAuthorization(
                bucketId,
                fileNamePrefix,
                validDurationInSeconds,
                b2ContentDisposition,
                b2ContentLanguage,
                value,
                b2CacheControl,
                b2ContentEncoding,
                b2ContentType);
    }

    public GetDownloadAuthorization withB2CacheControl(String value) {
        return new GetDownloadAuthorization(
                bucketId,
                fileNamePrefix,
                validDurationInSeconds,
                b2ContentDisposition,
                b2ContentLanguage,
                b2Expires,
                value,
                b2ContentEncoding,
                b2ContentType);
    }

    public GetDownloadAuthorization withB2ContentEncoding(String value) {
        return new GetDownloadAuthorization(
                bucketId,
                fileNamePrefix,
                validDurationInSeconds,
                b2ContentDisposition,
                b2ContentLanguage,
                b2Expires,
                b2CacheControl,
                value,
                b2ContentType);
    }

    public GetDownloadAuthorization withB2ContentType(String value) {
        return new GetDownloadAuthorization(
                bucketId,
                fileNamePrefix,
                validDurationInSeconds,
                b2ContentDisposition,
                b2ContentLanguage,
                b2Expires,
                b2CacheControl,
                b2ContentEncoding,
                value);
    }

    /** For the same overrides as the download will have. */
    public GetDownloadAuthorization withOverrides(ContentOverrides overrides) {
        return new GetDownloadAuthorization(
                bucketId,
                fileNamePrefix,
                validDurationInSeconds,
                overrides.b2ContentDisposition(),
                overrides.b2ContentLanguage(),
                overrides.b2Expires(),
                overrides.b2CacheControl(),
                overrides.b2ContentEncoding(),
                overrides.b2ContentType());
    }

    @Override
    public String name() {
        return "b2_get_download_authorization";
    }

    @Override
    public Class<DownloadAuthorization> responseType() {
        return DownloadAuthorization.class;
    }

    @Override
    public Capability capability() {
        return Capability.SHARE_FILES;
    }

    @Override
    public Repeat repeat() {
        return Repeat.SAFE;
    }

    @Override
    public TransactionClass transactionClass() {
        return TransactionClass.C;
    }

    @Override
    public String subject() {
        return Checks.inBucket(fileNamePrefix, bucketId);
    }
}
