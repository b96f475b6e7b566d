// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.call.bucket;

import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.http.call.Invocation;
import io.github.camelb2.emulator.http.call.JsonCall;
import io.github.camelb2.emulator.http.call.Spec;
import io.github.camelb2.emulator.http.call.Views;
import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.bucket.Bucket;
import io.github.camelb2.emulator.state.bucket.BucketSettings;
import io.github.camelb2.emulator.state.key.ApplicationKey;

/** The calls about buckets, small enough to stand together. */
public final class BucketCalls {

    private BucketCalls() {}

    /** {@code b2_create_bucket}. */
    public static final class Create implements JsonCall {

        @Override
        public Spec spec() {
            return Spec.of(
                    "b2_create_bucket",
                    "writeBuckets",
                    "accountId",
                    "bucketName",
                    "bucketType",
                    "bucketInfo",
                    "corsRules",
                    "lifecycleRules",
                    "fileLockEnabled",
                    "defaultServerSideEncryption",
                    "replicationConfiguration");
        }

        @Override
        public ObjectNode answer(Invocation in) {
            in.requireAccount();
            String name = in.fields().text("bucketName");
            ObjectNode settings = Bucket.defaultSettings(
                    in.fields().text("bucketType"), in.account().limits().defaultEncryption());
            new BucketSettings(in.fields(), in.key(), in.account().limits().defaultEncryption()).writeTo(settings);
            return Views.bucket(in.account().buckets().create(name, settings), in);
        }
    }

    /** {@code b2_list_buckets}. */
    public static final class ListAll implements JsonCall {

        private static final Set<String> TYPES =
                Set.of("allPublic", "allPrivate", "snapshot", "shared", "restricted", "all");

        @Override
        public Spec spec() {
            return Spec.of("b2_list_buckets", "", "accountId", "bucketId", "bucketName", "bucketTypes");
        }

        @Override
        public ObjectNode answer(Invocation in) {
            in.requireAccount();
            if (!in.key().can("listAllBucketNames")) {
                in.key().require("listBuckets");
            }
            String id = in.fields().findText("bucketId");
            String name = in.fields().findText("bucketName");
            Set<String> types = types(in.fields().findTexts("bucketTypes"));
            requireNamed(in, id, name);
            ObjectNode answer = in.object();
            var buckets = answer.putArray("buckets");
            for (Bucket bucket : in.account().buckets().list()) {
                boolean wanted = (id == null || bucket.id().equals(id))
                        && (name == null || bucket.name().equalsIgnoreCase(name))
                        && (types.contains("all") || types.contains(bucket.type()))
                        && in.key().allowsBucket(bucket.id());
                if (wanted) {
                    buckets.add(Views.bucket(bucket, in));
                }
            }
            return answer;
        }

        private static Set<String> types(@Nullable List<String> asked) {
            if (asked == null) {
                return Set.of("allPublic", "allPrivate", "snapshot");
            }
            for (String type : asked) {
                if (!TYPES.contains(type) || (type.equals("all") && asked.size() > 1)) {
                    throw B2Error.badRequest("Invalid bucketTypes: " + asked);
                }
            }
            return Set.copyOf(asked);
        }

        /** Since version 2 a key that is limited to buckets must name one of them. */
        private static void requireNamed(Invocation in, @Nullable String id, @Nullable String name) {
            ApplicationKey key = in.key();
            if (key.buckets() == null || in.version() == 1) {
                return;
            }
            Bucket byName = name == null ? null : in.account().buckets().findByName(name);
            boolean allowed = id != null ? key.allowsBucket(id) : byName != null && key.allowsBucket(byName.id());
            if (!allowed) {
                throw B2Error.unauthorized("The application key is limited to buckets, one of which must be named");
            }
        }
    }

    /** {@code b2_update_bucket}. */
    public static final class Update implements JsonCall {

        @Override
        public Spec spec() {
            return Spec.of(
                    "b2_update_bucket",
                    "writeBuckets",
                    "accountId",
                    "bucketId",
                    "bucketType",
                    "bucketInfo",
                    "corsRules",
                    "lifecycleRules",
                    "defaultRetention",
                    "defaultServerSideEncryption",
                    "fileLockEnabled",
                    "replicationConfiguration",
                    "ifRevisionIs");
        }

        @Override
        public ObjectNode answer(Invocation in) {
            in.requireAccount();
            Bucket bucket = in.bucket("bucketId");
            Long revision = in.fields().findNumber("ifRevisionIs");
            BucketSettings changes = new BucketSettings(
                    in.fields(), in.key(), in.account().limits().defaultEncryption());
            Bucket updated = in.account()
                    .buckets()
                    .update(bucket.id(), revision, (before, settings) -> changes.writeTo(settings));
            return Views.bucket(updated, in);
        }
    }

    /** {@code b2_delete_bucket}. */
    public static final class Delete implements JsonCall {

        @Override
        public Spec spec() {
            return Spec.of("b2_delete_bucket", "deleteBuckets", "accountId", "bucketId");
        }

        @Override
        public ObjectNode answer(Invocation in) {
            in.requireAccount();
            String id = in.bucket("bucketId").id();
            return Views.bucket(in.account().buckets().delete(id), in);
        }
    }
}
