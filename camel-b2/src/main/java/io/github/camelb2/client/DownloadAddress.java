// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.Allowed;
import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.call.DownloadFile;

/**
 * Where a client reads files.
 *
 * @param url instead of the account's own address; null for that one
 * @param authorization what it reads with instead of a login, empty to read with nothing; null for a client that logs in
 */
record DownloadAddress(@Nullable String url, @Nullable String authorization) {
    /** @throws IllegalArgumentException for a client that neither logs in nor knows where to read */
    static DownloadAddress of(@Nullable String url, @Nullable String authorization) {
        if (url == null && authorization != null) {
            throw new IllegalArgumentException("without a key there has to be a downloadUrl");
        }
        return new DownloadAddress(url, authorization);
    }

    boolean isWithoutKey() {
        return authorization != null;
    }

    /** The login with the address that files are read from. */
    AccountInfo in(AccountInfo login) {
        return url == null ? login : login.withDownloadUrl(url);
    }

    /** What stands for a login where there is none. */
    AccountInfo instead() {
        String address = url == null ? "" : url;
        String token = authorization == null ? "" : authorization;
        return new AccountInfo(
                "", "", null, token, address, address, "", 0, 0, new Allowed(null, List.of(), null), address);
    }

    /** A download as such a client can ask for it: what is read with a token of its own is read by name. */
    DownloadFile complete(DownloadFile request) {
        return authorization == null || request.downloadAuthorization() != null
                ? request
                : request.withDownloadAuthorization(authorization);
    }

    /** @throws B2UnauthorizedException if there is no key */
    void requireKey(String call) {
        if (isWithoutKey()) {
            throw new B2UnauthorizedException(
                    ErrorDetails.local(call, "", "there is no application key, only downloads by name work without one")
                            .withAdvice("set applicationKeyId and applicationKey"));
        }
    }
}
