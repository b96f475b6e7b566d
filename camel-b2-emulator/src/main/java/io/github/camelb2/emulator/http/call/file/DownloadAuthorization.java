// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.call.file;

import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.emulator.http.call.Invocation;
import io.github.camelb2.emulator.http.call.JsonCall;
import io.github.camelb2.emulator.http.call.Spec;
import io.github.camelb2.emulator.http.transfer.Overrides;
import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.bucket.Bucket;
import io.github.camelb2.emulator.state.token.DownloadGrants;

/** {@code b2_get_download_authorization}. */
public final class DownloadAuthorization implements JsonCall {

    private static final long LONGEST = 604_800;

    @Override
    public Spec spec() {
        return Spec.of(
                "b2_get_download_authorization",
                "shareFiles",
                "bucketId",
                "fileNamePrefix",
                "validDurationInSeconds",
                "b2ContentDisposition",
                "b2ContentLanguage",
                "b2Expires",
                "b2CacheControl",
                "b2ContentEncoding",
                "b2ContentType");
    }

    @Override
    public ObjectNode answer(Invocation in) {
        Bucket bucket = in.bucket("bucketId");
        String prefix = in.fields().text("fileNamePrefix");
        in.key().requireName(bucket.id(), prefix);
        long seconds = in.fields().number("validDurationInSeconds");
        if (seconds < 1 || seconds > LONGEST) {
            throw B2Error.outOfRange("validDurationInSeconds", seconds);
        }
        Map<String, String> overrides = new TreeMap<>();
        for (String name : Overrides.PARAMETERS.keySet()) {
            String value = in.fields().findText(name);
            if (value != null) {
                overrides.put(name, value);
            }
        }
        String token =
                in.account().downloads().issue(new DownloadGrants.Grant(bucket.id(), prefix, overrides), seconds);
        return in.object()
                .put("authorizationToken", token)
                .put("bucketId", bucket.id())
                .put("fileNamePrefix", prefix);
    }
}
