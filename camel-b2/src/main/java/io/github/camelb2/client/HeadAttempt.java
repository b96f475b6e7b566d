// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.http.HttpCall;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.retry.Attempt;
import io.github.camelb2.client.retry.CallContext;
import io.github.camelb2.client.retry.CallSettings;

/** One HEAD request being tried; used by one thread. */
final class HeadAttempt implements Attempt<FileVersion> {
    private final ClientSession session;
    private final CallContext context;
    private final DownloadFile request;
    private String usedToken = "";
    private CallSettings settings = CallSettings.DEFAULT;

    HeadAttempt(ClientSession session, CallContext context, DownloadFile request) {
        this.session = session;
        this.context = context;
        this.request = request;
    }

    @Override
    public FileVersion run(Try current) {
        settings = current.settings();
        AccountInfo login = session.accountInfo(settings);
        usedToken = login.authorizationToken();
        FileVersion found = session.transport()
                .head(new HttpCall(context, request.url(login.downloadUrl()), request.headers(usedToken), current));
        request.check(context.call(), found);
        return found;
    }

    @Override
    public void reauthorize(B2Exception failure) {
        if (request.downloadAuthorization() != null) {
            throw failure;
        }
        session.reauthorize(usedToken, settings);
    }
}
