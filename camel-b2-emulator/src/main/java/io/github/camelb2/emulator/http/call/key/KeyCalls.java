// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.call.key;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.http.call.Invocation;
import io.github.camelb2.emulator.http.call.JsonCall;
import io.github.camelb2.emulator.http.call.Spec;
import io.github.camelb2.emulator.http.call.Views;
import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.JsonFields;
import io.github.camelb2.emulator.state.key.ApplicationKey;
import io.github.camelb2.emulator.state.key.Capabilities;

/** The calls about application keys. */
public final class KeyCalls {

    private KeyCalls() {}

    /** {@code b2_create_key}; the spec depends on the version, so both ways to name buckets are let through and checked here. */
    public static final class Create implements JsonCall {

        private static final long LONGEST = 86_400_000;

        @Override
        public Spec spec() {
            return Spec.of(
                    "b2_create_key",
                    "writeKeys",
                    "accountId",
                    "capabilities",
                    "keyName",
                    "validDurationInSeconds",
                    "bucketId",
                    "bucketIds",
                    "namePrefix");
        }

        @Override
        public ObjectNode answer(Invocation in) {
            in.requireAccount();
            String name = in.fields().text("keyName");
            if (!name.matches("[A-Za-z0-9-]{1,100}")) {
                throw B2Error.badRequest("Invalid keyName: " + name);
            }
            List<String> buckets = buckets(in);
            String prefix = in.fields().findText("namePrefix");
            if (prefix != null && buckets == null) {
                throw B2Error.badRequest("namePrefix needs a bucket");
            }
            ApplicationKey key = in.account()
                    .keys()
                    .create(name, capabilities(in, buckets), buckets, prefix, expires(in), in.version());
            return Views.key(key, in).put("applicationKey", key.secret());
        }

        private static @Nullable List<String> buckets(Invocation in) {
            JsonFields fields = in.fields();
            String wrong = in.version() < 4 ? "bucketIds" : "bucketId";
            if (fields.has(wrong)) {
                throw new B2Error(
                        400, "bad_json", "unknown field in com.backblaze.modules.b2.data.CreateKeyRequest: " + wrong);
            }
            List<String> ids = fields.findTexts("bucketIds");
            if (fields.has("bucketId")) {
                ids = List.of(fields.text("bucketId"));
            }
            if (ids == null) {
                return null;
            }
            if (ids.isEmpty()) {
                throw B2Error.badRequest("bucketIds must not be empty");
            }
            ids.forEach(id -> {
                in.key().requireBucket(id);
                in.account().buckets().get(id);
            });
            return ids;
        }

        private static List<String> capabilities(Invocation in, @Nullable List<String> buckets) {
            in.fields().array("capabilities");
            List<String> asked = in.fields().findTexts("capabilities");
            if (asked == null || asked.isEmpty()) {
                throw B2Error.badRequest("capabilities must not be empty");
            }
            for (String capability : asked) {
                if (!Capabilities.ALL.contains(capability)) {
                    throw B2Error.badRequest("Not a valid capability: " + capability);
                }
                if (buckets != null && Capabilities.ACCOUNT_LEVEL.contains(capability)) {
                    throw B2Error.badRequest("A key that is limited to buckets cannot have " + capability);
                }
                in.key().require(capability);
            }
            return asked.stream().distinct().toList();
        }

        private static @Nullable Long expires(Invocation in) {
            Long seconds = in.fields().findNumber("validDurationInSeconds");
            if (seconds == null) {
                return null;
            }
            if (seconds < 1 || seconds > LONGEST) {
                throw B2Error.outOfRange("validDurationInSeconds", seconds);
            }
            return in.account().now() + 1_000 * seconds;
        }
    }

    private static boolean isHidden(ApplicationKey key, int version) {
        List<String> buckets = key.buckets();
        return version < 4 && buckets != null && buckets.size() > 1;
    }

    /** {@code b2_list_keys}; before version 4 keys with several buckets do not show. */
    public static final class ListAll implements JsonCall {

        @Override
        public Spec spec() {
            return Spec.of("b2_list_keys", "listKeys", "accountId", "maxKeyCount", "startApplicationKeyId");
        }

        @Override
        public ObjectNode answer(Invocation in) {
            in.requireAccount();
            int count = in.pageSize("maxKeyCount", 100, 10_000);
            String start = in.fields().findText("startApplicationKeyId");
            String master = in.account().masterKey().id();
            List<ApplicationKey> keys = in.account().keys().list().stream()
                    .filter(key -> !key.id().equals(master) && !isHidden(key, in.version()))
                    .filter(key -> start == null || key.id().compareTo(start) >= 0)
                    .toList();
            ObjectNode answer = in.object();
            var array = answer.putArray("keys");
            keys.stream().limit(count).forEach(key -> array.add(Views.key(key, in)));
            return answer.put(
                    "nextApplicationKeyId",
                    keys.size() > count ? keys.get(count).id() : null);
        }
    }

    /** {@code b2_delete_key}. */
    public static final class Delete implements JsonCall {

        @Override
        public Spec spec() {
            return Spec.of("b2_delete_key", "deleteKeys", "applicationKeyId");
        }

        @Override
        public ObjectNode answer(Invocation in) {
            String id = in.fields().text("applicationKeyId");
            ApplicationKey key = in.account().keys().find(id);
            if (key != null && isHidden(key, in.version())) {
                throw B2Error.badRequest("The key has several buckets: delete it with API version 4");
            }
            if (id.equals(in.account().masterKey().id())) {
                throw B2Error.badRequest("The master application key cannot be deleted");
            }
            return Views.key(in.account().keys().delete(id), in);
        }
    }
}
