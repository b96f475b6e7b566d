// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.camelb2.emulator.event.Events;
import io.github.camelb2.emulator.http.call.JsonCall;
import io.github.camelb2.emulator.http.call.JsonRoute;
import io.github.camelb2.emulator.http.call.UploadUrl;
import io.github.camelb2.emulator.http.call.bucket.BucketCalls;
import io.github.camelb2.emulator.http.call.file.CopyCalls;
import io.github.camelb2.emulator.http.call.file.DownloadAuthorization;
import io.github.camelb2.emulator.http.call.file.FileCalls;
import io.github.camelb2.emulator.http.call.file.ListCalls;
import io.github.camelb2.emulator.http.call.key.AuthorizeAccount;
import io.github.camelb2.emulator.http.call.key.KeyCalls;
import io.github.camelb2.emulator.http.call.large.LargeFileCalls;
import io.github.camelb2.emulator.http.call.notification.NotificationCalls;
import io.github.camelb2.emulator.http.transfer.Download;
import io.github.camelb2.emulator.http.transfer.UploadFile;
import io.github.camelb2.emulator.http.transfer.UploadPart;
import io.github.camelb2.emulator.http.transfer.UploadTicketUse;
import io.github.camelb2.emulator.http.wire.Request;
import io.github.camelb2.emulator.http.wire.Route;
import io.github.camelb2.emulator.http.wire.Settings;
import io.github.camelb2.emulator.http.wire.Target;
import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.account.Account;

/** Every call that is served, by its name. */
final class Routes {

    private final Map<String, Route> byName = new HashMap<>();

    Routes(Account account, Settings settings, Events events) {
        byName.put("b2_authorize_account", new AuthorizeAccount(account, settings));
        byName.put(Target.UPLOAD_FILE, new UploadTicketUse(account, new UploadFile(account)));
        byName.put(Target.UPLOAD_PART, new UploadTicketUse(account, new UploadPart(account)));
        byName.put(Target.DOWNLOAD_BY_NAME, new Download(account));
        byName.put(Target.DOWNLOAD_BY_ID, new Download(account));
        List<JsonCall> calls = List.of(
                new BucketCalls.Create(),
                new BucketCalls.ListAll(),
                new BucketCalls.Update(),
                new BucketCalls.Delete(),
                new UploadUrl(),
                new LargeFileCalls.Start(),
                new LargeFileCalls.GetUploadPartUrl(),
                new LargeFileCalls.Finish(),
                new LargeFileCalls.Cancel(),
                new CopyCalls.CopyFile(),
                new CopyCalls.CopyPart(),
                new ListCalls.FileNames(),
                new ListCalls.FileVersions(),
                new ListCalls.UnfinishedLargeFiles(),
                new ListCalls.Parts(),
                new FileCalls.GetInfo(),
                new FileCalls.Hide(),
                new FileCalls.DeleteVersion(),
                new FileCalls.UpdateRetention(),
                new FileCalls.UpdateLegalHold(),
                new DownloadAuthorization(),
                new KeyCalls.Create(),
                new KeyCalls.ListAll(),
                new KeyCalls.Delete(),
                new NotificationCalls.Get(),
                new NotificationCalls.Set(events));
        calls.forEach(call -> byName.put(call.spec().name(), new JsonRoute(account, call)));
    }

    Route find(Request request) {
        Route route = byName.get(request.target().call());
        if (route == null) {
            String call = request.target().call();
            String asked = call.equals(Target.UNKNOWN) ? request.target().rest() : call;
            throw new B2Error(404, "not_found", "There is no such call: " + asked);
        }
        return route;
    }
}
