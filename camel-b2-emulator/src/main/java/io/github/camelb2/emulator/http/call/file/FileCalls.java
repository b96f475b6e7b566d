// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.call.file;

import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.emulator.http.call.Invocation;
import io.github.camelb2.emulator.http.call.JsonCall;
import io.github.camelb2.emulator.http.call.Spec;
import io.github.camelb2.emulator.http.call.Views;
import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.JsonFields;
import io.github.camelb2.emulator.state.Names;
import io.github.camelb2.emulator.state.bucket.Bucket;
import io.github.camelb2.emulator.state.file.FileVersion;
import io.github.camelb2.emulator.state.file.ObjectLock;
import io.github.camelb2.emulator.state.file.Protection;

/** The calls about one file version. */
public final class FileCalls {

    private FileCalls() {}

    /** The version that {@code fileName} and {@code fileId} name; the key must be allowed to use it. */
    private static FileVersion version(Invocation in) {
        FileVersion file = in.account()
                .files()
                .get(in.fields().text("fileName"), in.fields().text("fileId"));
        in.key().requireName(file.bucketId(), file.name());
        return file;
    }

    private static Protection.Bypass bypass(Invocation in) {
        if (!in.fields().flag("bypassGovernance", JsonFields.Fallback.FALSE)) {
            return Protection.Bypass.NONE;
        }
        in.key().require("bypassGovernance");
        return Protection.Bypass.GOVERNANCE;
    }

    /** {@code b2_get_file_info}. */
    public static final class GetInfo implements JsonCall {

        @Override
        public Spec spec() {
            return Spec.of("b2_get_file_info", "readFiles", "fileId");
        }

        @Override
        public ObjectNode answer(Invocation in) {
            String fileId = in.fields().text("fileId");
            FileVersion file = in.account().files().get(fileId);
            in.key().requireName(file.bucketId(), file.name());
            // Documented as an error, which was never seen.
            if (file.action() == FileVersion.Action.START) {
                throw B2Error.notFound("File with id " + fileId + " is not finished");
            }
            return Views.file(file, in);
        }
    }

    /** {@code b2_hide_file}. */
    public static final class Hide implements JsonCall {

        @Override
        public Spec spec() {
            return Spec.of("b2_hide_file", "writeFiles", "bucketId", "fileName");
        }

        @Override
        public ObjectNode answer(Invocation in) {
            Bucket bucket = in.bucket("bucketId");
            String name = in.fields().text("fileName");
            Names.checkFile(name, in.account().limits().names());
            in.key().requireName(bucket.id(), name);
            return Views.file(in.account().files().hide(bucket.id(), name, "Hide"), in);
        }
    }

    /** {@code b2_delete_file_version}. */
    public static final class DeleteVersion implements JsonCall {

        @Override
        public Spec spec() {
            return Spec.of("b2_delete_file_version", "deleteFiles", "fileName", "fileId", "bypassGovernance");
        }

        @Override
        public ObjectNode answer(Invocation in) {
            FileVersion file = version(in);
            FileVersion gone = in.account().files().delete(file.name(), file.id(), bypass(in), "Delete");
            in.account().largeFiles().forget(gone);
            return in.object().put("fileId", gone.id()).put("fileName", gone.name());
        }
    }

    /** {@code b2_update_file_retention}. */
    public static final class UpdateRetention implements JsonCall {

        @Override
        public Spec spec() {
            return Spec.of("b2_update_file_retention", "", "fileName", "fileId", "fileRetention", "bypassGovernance");
        }

        @Override
        public ObjectNode answer(Invocation in) {
            FileVersion file = version(in);
            // Unlike other calls, this one answers a key without the right as if the file were locked.
            if (!in.key().can("writeFileRetentions")) {
                throw B2Error.accessDenied(403, "the key lacks the capability writeFileRetentions");
            }
            ObjectLock.requireEnabled(in.account().buckets().get(file.bucketId()));
            JsonFields asked = JsonFields.of(
                    "fileRetention", in.fields().object("fileRetention"), Set.of("mode", "retainUntilTimestamp"));
            String mode = asked.findText("mode");
            long now = in.account().now();
            Long until = ObjectLock.checkRetention(mode, asked.findNumber("retainUntilTimestamp"), now);
            Protection.Bypass bypass = bypass(in);
            FileVersion changed = in.account().files().protect(file.name(), file.id(), before -> {
                if (!before.allowsRetention(mode, until, now, bypass)) {
                    throw B2Error.accessDenied(403, "the retention of this file version cannot be shortened");
                }
                return before.withRetention(mode, until);
            });
            ObjectNode answer = in.object().put("fileId", changed.id()).put("fileName", changed.name());
            return answer.set("fileRetention", Views.retention(changed));
        }
    }

    /** {@code b2_update_file_legal_hold}. */
    public static final class UpdateLegalHold implements JsonCall {

        @Override
        public Spec spec() {
            return Spec.of("b2_update_file_legal_hold", "writeFileLegalHolds", "fileName", "fileId", "legalHold");
        }

        @Override
        public ObjectNode answer(Invocation in) {
            FileVersion file = version(in);
            ObjectLock.requireEnabled(in.account().buckets().get(file.bucketId()));
            String hold = ObjectLock.checkLegalHold(in.fields().text("legalHold"));
            FileVersion changed =
                    in.account().files().protect(file.name(), file.id(), before -> before.withLegalHold(hold));
            return in.object()
                    .put("fileId", changed.id())
                    .put("fileName", changed.name())
                    .put("legalHold", hold);
        }
    }
}
