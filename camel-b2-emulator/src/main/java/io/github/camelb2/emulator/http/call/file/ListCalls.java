// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.call.file;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.fault.FaultAction;
import io.github.camelb2.emulator.http.call.Invocation;
import io.github.camelb2.emulator.http.call.JsonCall;
import io.github.camelb2.emulator.http.call.Spec;
import io.github.camelb2.emulator.http.call.Views;
import io.github.camelb2.emulator.http.call.large.LargeFileCalls;
import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.bucket.Bucket;
import io.github.camelb2.emulator.state.file.FileVersion;
import io.github.camelb2.emulator.state.file.Listing;
import io.github.camelb2.emulator.state.file.Page;
import io.github.camelb2.emulator.state.file.VersionKey;
import io.github.camelb2.emulator.state.key.ApplicationKey;
import io.github.camelb2.emulator.state.large.Part;

/** The calls that list what is in a bucket. */
public final class ListCalls {

    private static final int USUAL_FILES = 100;
    private static final int MOST_FILES = 10_000;

    private ListCalls() {}

    /** The listing that a request describes; a fault may ask for an empty page of it. */
    private static Listing listing(Invocation in, String prefix) {
        String start = in.fields().findText("startFileName");
        int count = in.pageSize("maxFileCount", USUAL_FILES, MOST_FILES);
        return new Listing(
                prefix,
                in.fields().findText("delimiter"),
                VersionKey.before(start == null ? "" : start),
                in.faults().has(FaultAction.EmptyPage.class) ? 0 : count);
    }

    /** Listings have words of their own for what is no bucket id at all. */
    private static Bucket bucket(Invocation in) {
        String id = in.fields().text("bucketId");
        if (!id.matches("[0-9a-f]{24}")) {
            throw new B2Error(400, "invalid_bucket_id", "Invalid bucketId: " + id);
        }
        return in.bucket("bucketId");
    }

    /** The prefix to list: version 1 narrows it to the key's silently, later versions insist that the client does. */
    private static String prefix(Invocation in, String field) {
        String asked = in.fields().findText(field);
        String prefix = asked == null ? "" : asked;
        ApplicationKey key = in.key();
        String limit = key.namePrefix();
        if (limit == null || prefix.startsWith(limit)) {
            return prefix;
        }
        if (in.version() == 1 && limit.startsWith(prefix)) {
            return limit;
        }
        throw B2Error.unauthorized("The application key is limited to names that start with " + limit);
    }

    /** {@code b2_list_file_names}. */
    public static final class FileNames implements JsonCall {

        @Override
        public Spec spec() {
            return Spec.of(
                    "b2_list_file_names",
                    "listFiles",
                    "bucketId",
                    "startFileName",
                    "maxFileCount",
                    "prefix",
                    "delimiter");
        }

        @Override
        public ObjectNode answer(Invocation in) throws IOException {
            Bucket bucket = bucket(in);
            Page page = ListingFaults.apply(
                    in.account().files().listNames(bucket.id(), listing(in, prefix(in, "prefix"))), in);
            return Views.files(page.files(), in).put("nextFileName", page.nextName());
        }
    }

    /** {@code b2_list_file_versions}. */
    public static final class FileVersions implements JsonCall {

        @Override
        public Spec spec() {
            return Spec.of(
                    "b2_list_file_versions",
                    "listFiles",
                    "bucketId",
                    "startFileName",
                    "startFileId",
                    "maxFileCount",
                    "prefix",
                    "delimiter");
        }

        @Override
        public ObjectNode answer(Invocation in) throws IOException {
            Bucket bucket = bucket(in);
            String startId = in.fields().findText("startFileId");
            if (startId != null && !in.fields().has("startFileName")) {
                throw B2Error.badRequest("startFileId needs startFileName");
            }
            Page page = ListingFaults.apply(
                    in.account().files().listVersions(bucket.id(), listing(in, prefix(in, "prefix")), startId), in);
            return Views.files(page.files(), in)
                    .put("nextFileId", page.nextId())
                    .put("nextFileName", page.nextName());
        }
    }

    /** {@code b2_list_unfinished_large_files}. */
    public static final class UnfinishedLargeFiles implements JsonCall {

        @Override
        public Spec spec() {
            return Spec.of(
                    "b2_list_unfinished_large_files",
                    "listFiles",
                    "bucketId",
                    "namePrefix",
                    "startFileId",
                    "maxFileCount");
        }

        @Override
        public ObjectNode answer(Invocation in) throws IOException {
            Bucket bucket = in.bucket("bucketId");
            int count = in.faults().has(FaultAction.EmptyPage.class) ? 0 : in.pageSize("maxFileCount", 100, 100);
            Page page = in.account()
                    .largeFiles()
                    .unfinished(
                            bucket.id(), prefix(in, "namePrefix"), in.fields().findText("startFileId"), count);
            Page shown = ListingFaults.apply(page, in);
            return Views.files(shown.files(), in)
                    .put("nextFileId", shown.nextId())
                    .putNull("nextFileName");
        }
    }

    /** {@code b2_list_parts}. */
    public static final class Parts implements JsonCall {

        @Override
        public Spec spec() {
            return Spec.of("b2_list_parts", "writeFiles", "fileId", "startPartNumber", "maxPartCount");
        }

        @Override
        public ObjectNode answer(Invocation in) {
            FileVersion file = LargeFileCalls.unfinished(in, "fileId");
            Long start = in.fields().findNumber("startPartNumber");
            List<Part> parts = in.account().largeFiles().parts(file.id()).stream()
                    .filter(part -> start == null || part.number() >= start)
                    .toList();
            int count = Math.min(in.pageSize("maxPartCount", 100, 1_000), parts.size());
            if (in.faults().has(FaultAction.StuckPage.class)) {
                return in.object()
                        .put("nextPartNumber", start == null ? 1L : start)
                        .set("parts", in.object().arrayNode());
            }
            ObjectNode answer = in.object();
            var array = answer.putArray("parts");
            parts.subList(0, count).forEach(part -> array.add(Views.listedPart(file.id(), part, file)));
            return answer.put("nextPartNumber", next(parts, count));
        }

        private static @Nullable Integer next(List<Part> parts, int count) {
            return count < parts.size() ? Integer.valueOf(parts.get(count).number()) : null;
        }
    }
}
