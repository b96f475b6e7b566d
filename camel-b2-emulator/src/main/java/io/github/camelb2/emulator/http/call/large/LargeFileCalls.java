// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.call.large;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.emulator.fault.FaultAction;
import io.github.camelb2.emulator.http.call.EncryptionJson;
import io.github.camelb2.emulator.http.call.FileRequest;
import io.github.camelb2.emulator.http.call.Invocation;
import io.github.camelb2.emulator.http.call.JsonCall;
import io.github.camelb2.emulator.http.call.Spec;
import io.github.camelb2.emulator.http.call.UploadUrl;
import io.github.camelb2.emulator.http.call.Views;
import io.github.camelb2.emulator.http.wire.Pacer;
import io.github.camelb2.emulator.http.wire.Target;
import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.Encryption;
import io.github.camelb2.emulator.state.Names;
import io.github.camelb2.emulator.state.bucket.Bucket;
import io.github.camelb2.emulator.state.file.ContentTypes;
import io.github.camelb2.emulator.state.file.FileVersion;
import io.github.camelb2.emulator.state.file.NewFile;
import io.github.camelb2.emulator.state.token.UploadTickets.Ticket;
import io.github.camelb2.emulator.store.Content;

/** The calls that begin and end large files. */
public final class LargeFileCalls {

    private LargeFileCalls() {}

    /** The unfinished file that a field names; the key must be allowed to use it. */
    public static FileVersion unfinished(Invocation in, String field) {
        FileVersion file = in.account().largeFiles().get(in.fields().text(field));
        in.key().requireName(file.bucketId(), file.name());
        return file;
    }

    /** {@code b2_start_large_file}. */
    public static final class Start implements JsonCall {

        @Override
        public Spec spec() {
            return Spec.of(
                    "b2_start_large_file",
                    "writeFiles",
                    "bucketId",
                    "fileName",
                    "contentType",
                    "fileInfo",
                    "serverSideEncryption",
                    "fileRetention",
                    "legalHold",
                    "customUploadTimestamp");
        }

        @Override
        public ObjectNode answer(Invocation in) {
            Bucket bucket = in.bucket("bucketId");
            String name = in.fields().text("fileName");
            Names.checkFile(name, in.account().limits().names());
            in.key().requireName(bucket.id(), name);
            Map<String, String> info = FileRequest.info(in.fields().findMap("fileInfo"));
            Encryption asked = EncryptionJson.find(in, "serverSideEncryption");
            Encryption encryption = asked == null ? bucket.defaultEncryption() : asked;
            Names.checkSize(name, info, encryption, bucket.isLockEnabled());
            FileVersion file = in.account()
                    .largeFiles()
                    .start(new NewFile(
                            bucket,
                            name,
                            ContentTypes.resolve(in.fields().text("contentType"), name),
                            info,
                            new FileVersion.Stored(Content.EMPTY, "none", null, encryption),
                            FileRequest.protection(
                                    in.fields(), in.key(), in.account().now()),
                            timestamp(in)));
            return Views.file(file, in);
        }

        private static @org.jspecify.annotations.Nullable Long timestamp(Invocation in) {
            Long time = in.fields().findNumber("customUploadTimestamp");
            return FileRequest.timestamp(time == null ? null : Long.toString(time), in.account());
        }
    }

    /** {@code b2_get_upload_part_url}. */
    public static final class GetUploadPartUrl implements JsonCall {

        @Override
        public Spec spec() {
            return Spec.of("b2_get_upload_part_url", "writeFiles", "fileId");
        }

        @Override
        public ObjectNode answer(Invocation in) {
            FileVersion file = unfinished(in, "fileId");
            if (in.faults().has(FaultAction.CloseVault.class)) {
                in.account().largeFiles().closeVault(file.id());
            }
            in.account().largeFiles().requireVault(file.id());
            Ticket ticket = in.account().uploads().issue(file.id(), in.key().id());
            return in.object()
                    .put("authorizationToken", ticket.token())
                    .put("fileId", file.id())
                    .put("uploadUrl", UploadUrl.of(in, Target.UPLOAD_PART, ticket));
        }
    }

    /** {@code b2_finish_large_file}. */
    public static final class Finish implements JsonCall {

        /** Whose turn it is to finish a file: a second request waits for the first and is refused then. */
        private static final class FinishTurn {}

        private final Map<String, FinishTurn> turns = new ConcurrentHashMap<>();

        @Override
        public Spec spec() {
            return Spec.of("b2_finish_large_file", "writeFiles", "fileId", "partSha1Array");
        }

        @Override
        public ObjectNode answer(Invocation in) throws IOException {
            List<String> sha1s = in.fields().findTexts("partSha1Array");
            if (sha1s == null) {
                throw B2Error.badRequest("required field partSha1Array cannot be null");
            }
            String fileId = in.fields().text("fileId");
            FinishTurn turn = turns.computeIfAbsent(fileId, id -> new FinishTurn());
            synchronized (turn) {
                try {
                    FileVersion file = unfinished(in, "fileId");
                    pause(in);
                    return Views.file(in.account().largeFiles().finish(file.id(), sha1s), in);
                } finally {
                    turns.remove(fileId, turn);
                }
            }
        }

        private static void pause(Invocation in) throws IOException {
            if (in.faults().has(FaultAction.SlowFinish.class)) {
                Pacer.pause(in.faults()
                        .find(FaultAction.SlowFinish.class)
                        .orElseThrow()
                        .time());
            }
        }
    }

    /** {@code b2_cancel_large_file}. */
    public static final class Cancel implements JsonCall {

        @Override
        public Spec spec() {
            return Spec.of("b2_cancel_large_file", "writeFiles", "fileId");
        }

        @Override
        public ObjectNode answer(Invocation in) {
            FileVersion file = unfinished(in, "fileId");
            in.account().largeFiles().cancel(file.id());
            return in.object()
                    .put("accountId", in.account().id())
                    .put("bucketId", file.bucketId())
                    .put("fileId", file.id())
                    .put("fileName", file.name());
        }
    }
}
