package io.github.camelb2.client.model;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a bucket are sent to a web address.
 *
 * @param name 6 to 63 letters, digits and {@code -}, not beginning with {@code b2-}
 * @param eventTypes such as {@code b2:ObjectCreated:Upload}
 * @param isEnabled whether it is in force
 * @param objectNamePrefix the names that it is for; empty for all
 * @param maxEventsPerBatch 1 to 50, null for B2's default of 1
 * @param targetConfiguration where events go
 * @param isSuspended set by B2 when the target fails; ignored in requests
 * @param suspensionReason why, set by B2; ignored in requests
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-event-notifications">Backblaze: event notifications</a>
 */
public record NotificationRule(
        @JsonProperty("name") String name,
        @JsonProperty("eventTypes") List<String> eventTypes,
        @JsonProperty("isEnabled") boolean isEnabled,
        @JsonProperty("objectNamePrefix") String objectNamePrefix,
        @JsonProperty("maxEventsPerBatch") @Nullable Integer maxEventsPerBatch,
        @JsonProperty("targetConfiguration") Target targetConfiguration,
        @JsonProperty("isSuspended") @Nullable Boolean isSuspended,
        @JsonProperty("suspensionReason") @Nullable String suspensionReason) {
    public NotificationRule {
        eventTypes = Copies.list(eventTypes);
        objectNamePrefix = Copies.orEmpty(objectNamePrefix);
    }

    /** An enabled rule for all names. */
    public static NotificationRule of(String name, List<String> eventTypes, Target target) {
        return new NotificationRule(name, eventTypes, true, "", null, target, null, null);
    }

    /** This rule for names with that prefix. */
    public NotificationRule withObjectNamePrefix(String prefix) {
        return new NotificationRule(
                name, eventTypes, isEnabled, prefix, maxEventsPerBatch, targetConfiguration, null, null);
    }

    /**
     * The web address that events are posted to; {@link #toString} hides the secret and the values of the headers.
     *
     * @param targetType {@code webhook}
     * @param url an https address
     * @param customHeaders sent with every event
     * @param hmacSha256SigningSecret 32 letters and digits that sign each request, null for none
     */
    public record Target(
            String targetType,
            String url,
            @Nullable List<Header> customHeaders,
            @Nullable String hmacSha256SigningSecret) {
        public Target {
            customHeaders = Copies.optionalList(customHeaders);
        }

        /** A web hook that signs its requests. */
        public static Target webhook(String url, @Nullable String signingSecret) {
            return new Target("webhook", url, null, signingSecret);
        }

        @Override
        public String toString() {
            return "Target[targetType=" + targetType + ", url=" + url + ", customHeaders=" + customHeaders
                    + ", hmacSha256SigningSecret=" + (hmacSha256SigningSecret == null ? "none" : "***") + "]";
        }
    }

    /** A header sent with every event; {@link #toString} hides its value, which is often a credential. */
    public record Header(String name, String value) {
        @Override
        public String toString() {
            return "Header[name=" + name + ", value=***]";
        }
    }
}
