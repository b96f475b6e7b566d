// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.transfer;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.http.call.EncryptionJson;
import io.github.camelb2.emulator.http.call.FileRequest;
import io.github.camelb2.emulator.http.call.Views;
import io.github.camelb2.emulator.http.wire.Encoding;
import io.github.camelb2.emulator.http.wire.Reply;
import io.github.camelb2.emulator.http.wire.Request;
import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.Encryption;
import io.github.camelb2.emulator.state.Names;
import io.github.camelb2.emulator.state.account.Account;
import io.github.camelb2.emulator.state.bucket.Bucket;
import io.github.camelb2.emulator.state.file.ContentTypes;
import io.github.camelb2.emulator.state.file.FileVersion;
import io.github.camelb2.emulator.state.file.NewFile;
import io.github.camelb2.emulator.state.file.Protection;
import io.github.camelb2.emulator.state.key.ApplicationKey;

/** {@code b2_upload_file}. */
public final class UploadFile implements UploadTicketUse.Upload {

    private static final String INFO = "x-bz-info-";
    private static final List<String> FORBIDDEN = List.of(
            "Content-Disposition",
            "Content-Encoding",
            "Content-Language",
            "Content-Location",
            "Content-Range",
            "Expires");

    private final Account account;

    public UploadFile(Account account) {
        this.account = account;
    }

    @Override
    public Reply handle(Request request, String bucketId, ApplicationKey key) throws IOException {
        Bucket bucket = account.buckets().get(bucketId);
        String name = Encoding.decodeStrictly(required(request, "X-Bz-File-Name"));
        Names.checkFile(name, account.limits().names());
        key.requireName(bucketId, name);
        for (String header : FORBIDDEN) {
            if (request.header(header) != null) {
                throw B2Error.badRequest("Header is not allowed in an upload: " + header);
            }
        }
        Map<String, String> info = info(request);
        Encryption asked = EncryptionJson.find(request);
        Encryption encryption = asked == null ? bucket.defaultEncryption() : asked;
        Names.checkSize(name, info, encryption, bucket.isLockEnabled());
        Protection protection = FileRequest.protection(request, key, account.now());
        Long time = FileRequest.timestamp(request.header("X-Bz-Custom-Upload-Timestamp"), account);
        String type = ContentTypes.resolve(required(request, "Content-Type"), name);
        String sha1 = Receiver.checkHeaders(request, Receiver.Verification.OPTIONAL);
        Receiver.Received received = new Receiver(account.store()).receive(request, sha1);
        FileVersion.Stored stored =
                new FileVersion.Stored(received.content(), received.reportedSha1(), received.md5(), encryption);
        NewFile file = new NewFile(bucket, name, type, info, stored, protection, time);
        FileVersion version = add(file);
        return Reply.json(Views.file(
                version, version.action().word(), account, key, request.target().version()));
    }

    private FileVersion add(NewFile file) {
        boolean added = false;
        try {
            FileVersion version = account.files().add(file, "Upload");
            added = true;
            return version;
        } finally {
            if (!added) {
                account.store().release(file.stored().content());
            }
        }
    }

    private static Map<String, String> info(Request request) {
        Map<String, String> info = new TreeMap<>();
        request.headers().forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(INFO)) {
                info.put(lower.substring(INFO.length()), Encoding.decodeStrictly(value));
            }
        });
        return FileRequest.info(info);
    }

    private static String required(Request request, String header) {
        @Nullable String value = request.header(header);
        if (value == null) {
            throw B2Error.badRequest("Missing header: " + header);
        }
        return value;
    }
}
