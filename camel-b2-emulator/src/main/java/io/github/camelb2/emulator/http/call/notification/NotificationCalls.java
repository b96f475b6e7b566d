// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.call.notification;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.emulator.event.Events;
import io.github.camelb2.emulator.http.call.Invocation;
import io.github.camelb2.emulator.http.call.JsonCall;
import io.github.camelb2.emulator.http.call.Spec;
import io.github.camelb2.emulator.state.bucket.Bucket;
import io.github.camelb2.emulator.state.bucket.NotificationRules;

/** The calls about event notification rules. */
public final class NotificationCalls {

    private NotificationCalls() {}

    private static ObjectNode view(Bucket bucket, Invocation in) {
        return in.object().put("bucketId", bucket.id()).set("eventNotificationRules", bucket.notificationRules());
    }

    /** {@code b2_get_bucket_notification_rules}. */
    public static final class Get implements JsonCall {

        @Override
        public Spec spec() {
            return Spec.of("b2_get_bucket_notification_rules", "readBucketNotifications", "bucketId");
        }

        @Override
        public ObjectNode answer(Invocation in) {
            return view(in.bucket("bucketId"), in);
        }
    }

    /** {@code b2_set_bucket_notification_rules}. */
    public static final class Set implements JsonCall {

        private final Events events;

        public Set(Events events) {
            this.events = events;
        }

        @Override
        public Spec spec() {
            return Spec.of(
                    "b2_set_bucket_notification_rules",
                    "writeBucketNotifications",
                    "bucketId",
                    "eventNotificationRules");
        }

        @Override
        public ObjectNode answer(Invocation in) {
            Bucket before = in.bucket("bucketId");
            ArrayNode rules = NotificationRules.check(in.fields().array("eventNotificationRules"));
            Bucket after = in.account().buckets().setNotificationRules(before.id(), rules);
            events.rulesChanged(before, after);
            return view(after, in);
        }
    }
}
