// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.call.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.http.call.JsonRoute;
import io.github.camelb2.emulator.http.wire.Reply;
import io.github.camelb2.emulator.http.wire.Request;
import io.github.camelb2.emulator.http.wire.Route;
import io.github.camelb2.emulator.http.wire.Settings;
import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.JsonFields;
import io.github.camelb2.emulator.state.account.Account;
import io.github.camelb2.emulator.state.bucket.Bucket;
import io.github.camelb2.emulator.state.key.ApplicationKey;
import io.github.camelb2.emulator.state.token.AccountTokens;

/** {@code b2_authorize_account}: the same facts in a different shape for each API version. */
public final class AuthorizeAccount implements Route {

    private final Account account;
    private final Settings settings;

    public AuthorizeAccount(Account account, Settings settings) {
        this.account = account;
        this.settings = settings;
    }

    @Override
    public Reply handle(Request request) throws IOException {
        if (!request.method().equals("GET") && !request.method().equals("POST")) {
            throw new B2Error(405, "method_not_allowed", "Only GET and POST are supported");
        }
        if (request.method().equals("POST") && request.contentLength() > 0) {
            JsonFields.of("AuthorizeAccountRequest", JsonRoute.read(request), Set.of());
        }
        AccountTokens.Login login;
        try {
            login = login(request.header("Authorization"));
        } catch (B2Error e) {
            Reply refusal = Reply.error(e);
            refusal.headers().put("WWW-Authenticate", "BASIC realm=\"authorize_account\"");
            return refusal;
        }
        int version = request.target().version();
        if (version < 4 && login.key().needsVersion4()) {
            throw B2Error.badRequest("This request is not currently supported on API version number " + version);
        }
        return Reply.json(version < 3 ? flat(login, request, version) : grouped(login, request, version));
    }

    private AccountTokens.Login login(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith("Basic ")) {
            throw B2Error.unauthorized("Basic authorization with key id and key is needed");
        }
        String pair;
        try {
            pair = new String(
                    Base64.getDecoder()
                            .decode(authorization.substring("Basic ".length()).strip()),
                    StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed("Authorization is not valid base64");
        }
        int colon = pair.indexOf(':');
        if (colon < 0) {
            throw malformed("Authorization has no colon between key id and key");
        }
        return account.tokens().login(pair.substring(0, colon), pair.substring(colon + 1));
    }

    private static B2Error malformed(String message) {
        return new B2Error(401, "bad_request", message);
    }

    private ObjectNode flat(AccountTokens.Login login, Request request, int version) {
        ObjectNode answer = common(login);
        urls(answer, request);
        if (version == 1) {
            answer.put("minimumPartSize", settings.recommendedPartSize());
        }
        restrictions(answer.putObject("allowed"), login.key());
        return answer;
    }

    private ObjectNode grouped(AccountTokens.Login login, Request request, int version) {
        ApplicationKey key = login.key();
        ObjectNode answer = common(login);
        answer.put("applicationKeyExpirationTimestamp", key.expires());
        ObjectNode storage = answer.putObject("apiInfo").putObject("storageApi");
        urls(storage, request);
        if (version == 3) {
            storage.put("infoType", "storageApi");
            restrictions(storage, key);
        } else {
            ObjectNode allowed = storage.putObject("allowed");
            capabilities(allowed, key);
            buckets(allowed, key.buckets());
        }
        return answer;
    }

    private ObjectNode common(AccountTokens.Login login) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("accountId", account.id())
                .put("authorizationToken", login.token());
    }

    private void urls(ObjectNode answer, Request request) {
        answer.put("apiUrl", request.baseUrl())
                .put("downloadUrl", request.baseUrl())
                .put("s3ApiUrl", request.baseUrl())
                .put("recommendedPartSize", settings.recommendedPartSize())
                .put("absoluteMinimumPartSize", settings.minPartSize());
    }

    /** The one bucket that keys could be limited to before version 4. */
    private void restrictions(ObjectNode answer, ApplicationKey key) {
        capabilities(answer, key);
        List<String> buckets = key.buckets();
        String bucketId = buckets == null ? null : buckets.get(0);
        answer.put("bucketId", bucketId).put("bucketName", bucketId == null ? null : nameOf(bucketId));
    }

    private static void capabilities(ObjectNode answer, ApplicationKey key) {
        key.capabilities().forEach(answer.putArray("capabilities")::add);
        answer.put("namePrefix", key.namePrefix());
    }

    private void buckets(ObjectNode allowed, @Nullable List<String> buckets) {
        if (buckets == null) {
            allowed.putNull("buckets");
            return;
        }
        var array = allowed.putArray("buckets");
        for (String id : buckets) {
            array.addObject().put("id", id).put("name", nameOf(id));
        }
    }

    // A bucket that was deleted has no name any more.
    private @Nullable String nameOf(String bucketId) {
        Bucket bucket = account.buckets().find(bucketId);
        return bucket == null ? null : bucket.name();
    }
}
