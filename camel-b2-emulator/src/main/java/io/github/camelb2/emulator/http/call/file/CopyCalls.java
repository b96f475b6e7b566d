// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.call.file;

import java.io.IOException;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.http.call.EncryptionJson;
import io.github.camelb2.emulator.http.call.FileRequest;
import io.github.camelb2.emulator.http.call.Invocation;
import io.github.camelb2.emulator.http.call.JsonCall;
import io.github.camelb2.emulator.http.call.Spec;
import io.github.camelb2.emulator.http.call.Views;
import io.github.camelb2.emulator.http.call.large.LargeFileCalls;
import io.github.camelb2.emulator.http.transfer.Digests;
import io.github.camelb2.emulator.http.transfer.Receiver;
import io.github.camelb2.emulator.http.transfer.UploadPart;
import io.github.camelb2.emulator.http.wire.ByteRange;
import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.Encryption;
import io.github.camelb2.emulator.state.Names;
import io.github.camelb2.emulator.state.bucket.Bucket;
import io.github.camelb2.emulator.state.file.ContentTypes;
import io.github.camelb2.emulator.state.file.FileVersion;
import io.github.camelb2.emulator.state.file.NewFile;
import io.github.camelb2.emulator.state.large.Part;
import io.github.camelb2.emulator.store.Content;
import io.github.camelb2.emulator.store.ContentStore;

/** The calls that copy bytes without moving them. */
public final class CopyCalls {

    private CopyCalls() {}

    /**
     * Bytes of a source, with one user.
     *
     * @param source where they come from
     * @param content the bytes
     * @param isWhole whether they are the whole source
     */
    private record Piece(FileVersion source, Content content, boolean isWhole) {

        FileVersion.Stored stored(ContentStore store, Encryption encryption) throws IOException {
            if (isWhole) {
                return new FileVersion.Stored(
                        content, source.stored().sha1(), source.stored().md5(), encryption);
            }
            Digests.Pair digests = Digests.of(store, content);
            return new FileVersion.Stored(content, digests.sha1(), digests.md5(), encryption);
        }
    }

    /** What to do with a piece; it keeps the bytes' user if it succeeds. */
    @FunctionalInterface
    private interface Use {
        ObjectNode apply(Piece piece) throws IOException;
    }

    /** Takes the source's bytes, gives them to {@code use}, and lets go of them if that fails. */
    private static ObjectNode withPiece(Invocation in, Use use) throws IOException {
        ContentStore store = in.account().store();
        FileVersion source = lease(in);
        Content kept;
        boolean whole;
        try {
            Encryption given = EncryptionJson.find(in.fields(), "sourceServerSideEncryption");
            source.stored().encryption().requireSameKey(given == null ? Encryption.NONE : given);
            String range = in.fields().findText("range");
            ByteRange bytes = range == null ? new ByteRange(0, source.length()) : ByteRange.of(range, source.length());
            if (bytes.count() > Receiver.MAX_BYTES) {
                throw new B2Error(400, "source_too_large", "Copy source too big: " + bytes.count());
            }
            whole = bytes.count() == source.length();
            kept = store.keep(source.stored().content().slice(bytes.from(), bytes.count()));
        } finally {
            store.release(source.stored().content());
        }
        boolean used = false;
        try {
            ObjectNode answer = use.apply(new Piece(source, kept, whole));
            used = true;
            return answer;
        } finally {
            if (!used) {
                store.release(kept);
            }
        }
    }

    private static FileVersion lease(Invocation in) {
        String id = in.fields().text("sourceFileId");
        FileVersion known = in.account().files().get(id);
        Bucket bucket = in.account().buckets().get(known.bucketId());
        if (!bucket.isPublic()) {
            in.key().require("readFiles");
            in.key().requireName(known.bucketId(), known.name());
        }
        FileVersion source = known.action() == FileVersion.Action.UPLOAD
                ? in.account().files().lease(id)
                : null;
        if (source == null) {
            throw B2Error.notFound("File with id " + id + " does not exist");
        }
        return source;
    }

    /** {@code b2_copy_file}. */
    public static final class CopyFile implements JsonCall {

        @Override
        public Spec spec() {
            return Spec.of(
                    "b2_copy_file",
                    "writeFiles",
                    "sourceFileId",
                    "fileName",
                    "destinationBucketId",
                    "range",
                    "metadataDirective",
                    "contentType",
                    "fileInfo",
                    "fileRetention",
                    "legalHold",
                    "sourceServerSideEncryption",
                    "destinationServerSideEncryption");
        }

        @Override
        public ObjectNode answer(Invocation in) throws IOException {
            String name = in.fields().text("fileName");
            Names.checkFile(name, in.account().limits().names());
            return withPiece(in, piece -> {
                String destination = in.fields().findText("destinationBucketId");
                String bucketId = destination == null ? piece.source().bucketId() : destination;
                in.key().requireName(bucketId, name);
                Bucket bucket = in.account().buckets().get(bucketId);
                FileVersion copy = in.account().files().add(newFile(in, piece, bucket, name), "Copy");
                return Views.file(copy, "copy", in);
            });
        }

        private static NewFile newFile(Invocation in, Piece piece, Bucket bucket, String name) throws IOException {
            boolean replace = isReplace(in);
            String type = replace
                    ? ContentTypes.resolve(in.fields().text("contentType"), name)
                    : piece.source().contentType();
            Map<String, String> info = replace
                    ? FileRequest.info(in.fields().findMap("fileInfo"))
                    : piece.source().info();
            Encryption asked = EncryptionJson.find(in, "destinationServerSideEncryption");
            Encryption encryption = asked == null ? bucket.defaultEncryption() : asked;
            Names.checkSize(name, info, encryption, bucket.isLockEnabled());
            return new NewFile(
                    bucket,
                    name,
                    type,
                    info,
                    piece.stored(in.account().store(), encryption),
                    FileRequest.protection(in.fields(), in.key(), in.account().now()),
                    null);
        }

        private static boolean isReplace(Invocation in) {
            String directive = in.fields().findText("metadataDirective");
            if ("REPLACE".equals(directive)) {
                return true;
            }
            if (directive != null && !directive.equals("COPY")) {
                throw B2Error.badRequest("Invalid metadataDirective: " + directive);
            }
            if (in.fields().has("contentType") || in.fields().has("fileInfo")) {
                throw B2Error.badRequest("contentType and fileInfo need the metadataDirective REPLACE");
            }
            return false;
        }
    }

    /** {@code b2_copy_part}. */
    public static final class CopyPart implements JsonCall {

        @Override
        public Spec spec() {
            return Spec.of(
                    "b2_copy_part",
                    "writeFiles",
                    "sourceFileId",
                    "largeFileId",
                    "partNumber",
                    "range",
                    "sourceServerSideEncryption",
                    "destinationServerSideEncryption");
        }

        @Override
        public ObjectNode answer(Invocation in) throws IOException {
            FileVersion file = LargeFileCalls.unfinished(in, "largeFileId");
            int number = UploadPart.partNumber(in.fields().findNumber("partNumber"));
            @Nullable Encryption given = EncryptionJson.find(in, "destinationServerSideEncryption");
            UploadPart.requireKey(file.stored().encryption(), given);
            return withPiece(in, piece -> {
                // Unlike a file, a part always has digests: large sources do not know theirs.
                Digests.Pair digests = Digests.of(in.account().store(), piece.content());
                Part part = in.account()
                        .largeFiles()
                        .putPart(file.id(), number, piece.content(), digests.sha1(), digests.md5());
                return Views.part(file.id(), part, file);
            });
        }
    }
}
