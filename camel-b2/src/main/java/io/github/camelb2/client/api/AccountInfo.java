// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.api;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * One login: what {@code b2_authorize_account} answered, and the key and realm that it was asked with.
 *
 * <p>{@link #toString()} masks the key and the token; the accessors do not.
 *
 * @param accountId the account, as the service answered it
 * @param applicationKeyId the key id of the login
 * @param applicationKey the secret of the login, null when the repository does not keep it
 * @param authorizationToken the account token, valid for at most 24 hours
 * @param apiUrl where JSON calls go, without a trailing slash; may change with a new authorization
 * @param downloadUrl where downloads go, without a trailing slash
 * @param s3ApiUrl the S3-compatible address, empty when unknown
 * @param recommendedPartSize bytes that B2 recommends for a part of a large file
 * @param absoluteMinimumPartSize the fewest bytes of any part but the last
 * @param allowed what the key may do
 * @param realm the realm as it was configured: {@code production}, or a URL
 */
public record AccountInfo(
        String accountId,
        String applicationKeyId,
        @Nullable String applicationKey,
        String authorizationToken,
        String apiUrl,
        String downloadUrl,
        String s3ApiUrl,
        long recommendedPartSize,
        long absoluteMinimumPartSize,
        Allowed allowed,
        String realm) {
    public AccountInfo {
        Objects.requireNonNull(accountId, "accountId");
        Objects.requireNonNull(applicationKeyId, "applicationKeyId");
        Objects.requireNonNull(authorizationToken, "authorizationToken");
        Objects.requireNonNull(apiUrl, "apiUrl");
        Objects.requireNonNull(downloadUrl, "downloadUrl");
        Objects.requireNonNull(s3ApiUrl, "s3ApiUrl");
        Objects.requireNonNull(allowed, "allowed");
        Objects.requireNonNull(realm, "realm");
    }

    /** Whether this login was made with that key in that realm; the secret is not compared. */
    public boolean isSameKey(String otherApplicationKeyId, String otherRealm) {
        return applicationKeyId.equals(otherApplicationKeyId) && realm.equals(otherRealm);
    }

    /** Whether both are logins to one account of one realm, whatever their keys: they know the same buckets. */
    public boolean isSameAccount(AccountInfo other) {
        return accountId.equals(other.accountId) && realm.equals(other.realm);
    }

    /** This login with downloads from another address: a host of one's own in front of the service. */
    public AccountInfo withDownloadUrl(String url) {
        return new AccountInfo(
                accountId,
                applicationKeyId,
                applicationKey,
                authorizationToken,
                apiUrl,
                url,
                s3ApiUrl,
                recommendedPartSize,
                absoluteMinimumPartSize,
                allowed,
                realm);
    }

    /** This login without the application key, for a repository that must not keep it. */
    public AccountInfo withoutApplicationKey() {
        return withApplicationKey(null);
    }

    /** This login with that application key. */
    public AccountInfo withApplicationKey(@Nullable String key) {
        return new AccountInfo(
                accountId,
                applicationKeyId,
                key,
                authorizationToken,
                apiUrl,
                downloadUrl,
                s3ApiUrl,
                recommendedPartSize,
                absoluteMinimumPartSize,
                allowed,
                realm);
    }

    @Override
    public String toString() {
        return "AccountInfo[accountId=" + accountId + ", applicationKeyId=" + applicationKeyId
                + ", applicationKey=" + (applicationKey == null ? "none" : "***") + ", authorizationToken=***, apiUrl="
                + apiUrl + ", downloadUrl=" + downloadUrl + ", s3ApiUrl=" + s3ApiUrl + ", recommendedPartSize="
                + recommendedPartSize + ", absoluteMinimumPartSize=" + absoluteMinimumPartSize + ", allowed=" + allowed
                + ", realm=" + realm + "]";
    }
}
