// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.http.call.EncryptionJson;
import io.github.camelb2.emulator.http.call.JsonRoute;
import io.github.camelb2.emulator.http.wire.Body;
import io.github.camelb2.emulator.http.wire.ByteRange;
import io.github.camelb2.emulator.http.wire.Encoding;
import io.github.camelb2.emulator.http.wire.Reply;
import io.github.camelb2.emulator.http.wire.Request;
import io.github.camelb2.emulator.http.wire.Route;
import io.github.camelb2.emulator.http.wire.Target;
import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.Encryption;
import io.github.camelb2.emulator.state.JsonFields;
import io.github.camelb2.emulator.state.account.Account;
import io.github.camelb2.emulator.state.bucket.Bucket;
import io.github.camelb2.emulator.state.file.FileVersion;
import io.github.camelb2.emulator.state.file.ReplicationStatus;
import io.github.camelb2.emulator.state.key.ApplicationKey;
import io.github.camelb2.emulator.state.token.DownloadGrants.Grant;
import io.github.camelb2.emulator.store.Content;

/** {@code b2_download_file_by_name} and {@code b2_download_file_by_id}, with GET and HEAD. */
public final class Download implements Route {

    private final Account account;

    public Download(Account account) {
        this.account = account;
    }

    /**
     * Who is asking, and for what.
     *
     * @param key the key behind an account token, or null
     * @param grant what a download authorization allows, or null
     */
    private record Reader(
            @Nullable ApplicationKey key, @Nullable Grant grant) {}

    @Override
    public Reply handle(Request request) throws IOException {
        boolean byId = request.target().call().equals(Target.DOWNLOAD_BY_ID);
        boolean post = byId && request.method().equals("POST");
        if (!post && !request.method().equals("GET") && !request.method().equals("HEAD")) {
            throw new B2Error(
                    405, "method_not_allowed", "Only GET, HEAD" + (byId ? " and POST" : "") + " are supported");
        }
        String id = post ? postedId(request) : request.target().query().get("fileId");
        Reader reader = reader(request);
        FileVersion found = byId ? byId(id, request, reader) : byName(request, reader);
        Encryption given = EncryptionJson.findCustomer(request);
        found.stored().encryption().requireSameKey(given == null ? Encryption.NONE : given);
        FileVersion file = account.files().lease(found.id());
        if (file == null) {
            throw B2Error.notFound("File with id " + found.id() + " does not exist");
        }
        boolean replied = false;
        try {
            Reply reply = reply(request, file, reader);
            replied = true;
            return reply;
        } finally {
            if (!replied) {
                account.store().release(file.stored().content());
            }
        }
    }

    private Reader reader(Request request) {
        String header = request.header("Authorization");
        String token = header == null ? request.target().query().get("Authorization") : header;
        if (token == null) {
            return new Reader(null, null);
        }
        try {
            Grant grant = account.downloads().find(token);
            return grant == null ? new Reader(account.tokens().check(token), null) : new Reader(null, grant);
        } catch (B2Error e) {
            // Downloads are refused without a text.
            throw new B2Error(e.status(), e.code(), "").because(e.reason());
        }
    }

    private static String postedId(Request request) throws IOException {
        return JsonFields.of("DownloadFileByIdRequest", JsonRoute.read(request), Set.of("fileId"))
                .text("fileId");
    }

    private FileVersion byId(@Nullable String id, Request request, Reader reader) {
        if (id == null) {
            throw B2Error.badRequest("required field fileId cannot be null");
        }
        FileVersion file = account.files().get(id);
        Bucket bucket = account.buckets().get(file.bucketId());
        if (reader.grant() != null) {
            throw B2Error.unauthorized("A download authorization reads files by name only");
        }
        requireAllowed(request, reader, bucket, file.name());
        if (file.action() != FileVersion.Action.UPLOAD) {
            throw B2Error.notFound("File with id " + id + " is not present");
        }
        return file;
    }

    private FileVersion byName(Request request, Reader reader) {
        String rest = request.target().rest();
        int slash = rest.indexOf('/');
        String bucketName = Encoding.decode(slash < 0 ? rest : rest.substring(0, slash));
        String name = slash < 0 ? "" : Encoding.decodeStrictly(rest.substring(slash + 1));
        Bucket bucket = account.buckets().findByName(bucketName);
        if (bucket == null) {
            throw B2Error.notFound("Bucket does not exist: " + bucketName);
        }
        requireAllowed(request, reader, bucket, name);
        FileVersion file = account.files().find(bucket.id(), name);
        if (file == null || file.action() != FileVersion.Action.UPLOAD) {
            throw B2Error.notFound("File with such name does not exist.");
        }
        return file;
    }

    private static void requireAllowed(Request request, Reader reader, Bucket bucket, String name) {
        Map<String, String> overrides = Overrides.in(request.target().query());
        ApplicationKey key = reader.key();
        if (key != null) {
            if (!bucket.isPublic()) {
                key.require("readFiles");
                key.requireName(bucket.id(), name);
            }
            return;
        }
        Grant grant = reader.grant();
        if (grant != null) {
            boolean inside = grant.bucketId().equals(bucket.id()) && name.startsWith(grant.prefix());
            if (!inside || !overrides.entrySet().containsAll(grant.overrides().entrySet())) {
                throw B2Error.unauthorized("The download authorization does not allow this");
            }
            return;
        }
        if (!bucket.isPublic()) {
            throw B2Error.missingToken();
        }
        if (!overrides.isEmpty()) {
            throw B2Error.unauthorized("Overriding headers needs an authorization token");
        }
    }

    private Reply reply(Request request, FileVersion file, Reader reader) {
        Content whole = file.stored().content();
        if (!whole.isKept() && !request.method().equals("HEAD")) {
            // An error that clients do not try again.
            throw B2Error.badRequest("The emulator keeps no content (--discard-content): " + file.name()
                    + " can be listed, and not be read");
        }
        if (!account.store().isWhole(whole)) {
            // An answer that has begun could only be broken off.
            throw new IllegalStateException(
                    "content of " + file.name() + " " + file.id() + " was cut or deleted on disk");
        }
        Content content = whole;
        int status = 200;
        Bucket bucket = account.buckets().get(file.bucketId());
        Map<String, String> headers = DownloadHeaders.of(
                file, bucket, reader.key(), Overrides.in(request.target().query()));
        ReplicationStatus.Status replication = account.replication().find(file);
        if (replication != null) {
            headers.put("X-Bz-Replication-Status", replication.name());
        }
        String text = request.header("Range");
        if (text != null) {
            ByteRange range = ByteRange.of(text, whole.length());
            // B2 answers the range "bytes=0-" as if it had not been asked for a range.
            if (!text.strip().equals("bytes=0-")) {
                status = 206;
                content = whole.slice(range.from(), range.count());
                headers.put("Content-Range", range.contentRange(whole.length()));
            }
        }
        return new Reply(status, headers, body(content), () -> account.store().release(whole));
    }

    private Body body(Content content) {
        return new Body() {
            @Override
            public long length() {
                return content.length();
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                account.store().copy(content, out);
            }
        };
    }
}
