// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.bucket;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.Address;
import io.github.camelb2.client.model.json.Copies;

/**
 * Which events of a bucket are sent to a web address.
 *
 * @param name 6 to 63 letters, digits and {@code -}, not beginning with {@code b2-}
 * @param eventTypes such as {@code b2:ObjectCreated:Upload}
 * @param isEnabled whether it is in force
 * @param objectNamePrefix the names that it is for; empty for all
 * @param targetConfiguration where events go
 * @param isSuspended set by B2 when the target fails; ignored in requests
 * @param suspensionReason why, set by B2; ignored in requests
 * @param others members that this client does not know; a rule that is written back keeps them
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-event-notifications">Backblaze: event notifications</a>
 */
public record NotificationRule(
        @JsonProperty("name") String name,
        @JsonProperty("eventTypes") List<String> eventTypes,
        @JsonProperty("isEnabled") boolean isEnabled,
        @JsonProperty("objectNamePrefix") String objectNamePrefix,
        @JsonProperty("targetConfiguration") Target targetConfiguration,
        @JsonProperty("isSuspended") @Nullable Boolean isSuspended,
        @JsonProperty("suspensionReason") @Nullable String suspensionReason,
        @JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> others) {
    public NotificationRule {
        eventTypes = Copies.list(eventTypes);
        objectNamePrefix = Copies.orEmpty(objectNamePrefix);
        others = Copies.withNulls(others);
    }

    /** An enabled rule for all names. */
    public static NotificationRule of(String name, List<String> eventTypes, Target target) {
        return new NotificationRule(name, eventTypes, true, "", target, null, null, Map.of());
    }

    /** This rule for names with that prefix. */
    public NotificationRule withObjectNamePrefix(String prefix) {
        return new NotificationRule(name, eventTypes, isEnabled, prefix, targetConfiguration, null, null, others);
    }

    /** This rule, in force or not. */
    public NotificationRule withEnabled(boolean enabled) {
        return new NotificationRule(
                name, eventTypes, enabled, objectNamePrefix, targetConfiguration, null, null, others);
    }

    /**
     * Whether B2 would do the same for both: lists are compared without order, because B2 answers them sorted, and
     * neither what B2 set itself nor what this client does not know counts.
     */
    public boolean doesTheSameAs(NotificationRule other) {
        return name.equals(other.name)
                && isEnabled == other.isEnabled
                && Set.copyOf(eventTypes).equals(Set.copyOf(other.eventTypes))
                && objectNamePrefix.equals(other.objectNamePrefix)
                && targetConfiguration.doesTheSameAs(other.targetConfiguration);
    }

    /**
     * The web address that events are posted to; {@link #toString} hides the secret, the values of the headers, and user,
     * password and query of the address.
     *
     * @param targetType {@code webhook}
     * @param url an https address
     * @param maxEventsPerBatch 1 to 50, null for B2's default of 1
     * @param customHeaders sent with every event
     * @param hmacSha256SigningSecret 32 letters and digits that sign each request, null for none
     * @param others members that this client does not know; a rule that is written back keeps them
     */
    public record Target(
            @JsonProperty("targetType") String targetType,
            @JsonProperty("url") String url,
            @JsonProperty("maxEventsPerBatch") @Nullable Integer maxEventsPerBatch,
            @JsonProperty("customHeaders") @Nullable List<Header> customHeaders,

            @JsonProperty("hmacSha256SigningSecret") @Nullable
            String hmacSha256SigningSecret,

            @JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> others) {
        public Target {
            customHeaders = Copies.optionalList(customHeaders);
            others = Copies.withNulls(others);
        }

        /** A web hook that signs its requests. */
        public static Target webhook(String url, @Nullable String signingSecret) {
            return new Target("webhook", url, null, null, signingSecret, Map.of());
        }

        /** This target with up to so many events a request, 1 to 50. */
        public Target withMaxEventsPerBatch(int most) {
            return new Target(targetType, url, most, customHeaders, hmacSha256SigningSecret, others);
        }

        /** This target with headers that are sent with every event. */
        public Target withCustomHeaders(List<Header> headers) {
            return new Target(targetType, url, maxEventsPerBatch, headers, hmacSha256SigningSecret, others);
        }

        private boolean doesTheSameAs(Target other) {
            return targetType.equals(other.targetType)
                    && url.equals(other.url)
                    && isSameBatch(other)
                    && headers().equals(other.headers())
                    && Objects.equals(hmacSha256SigningSecret, other.hmacSha256SigningSecret);
        }

        /** B2 always says it; where it is not said, nobody asks for a certain one. */
        private boolean isSameBatch(Target other) {
            return maxEventsPerBatch == null
                    || other.maxEventsPerBatch == null
                    || maxEventsPerBatch.equals(other.maxEventsPerBatch);
        }

        private Set<Header> headers() {
            return customHeaders == null ? Set.of() : new HashSet<>(customHeaders);
        }

        /** Hides the values of members that are not known, too: they may be secrets. */
        @Override
        public String toString() {
            return "Target[targetType=" + targetType + ", url=" + Address.shown(url) + ", maxEventsPerBatch="
                    + maxEventsPerBatch
                    + ", customHeaders=" + customHeaders + ", hmacSha256SigningSecret="
                    + (hmacSha256SigningSecret == null ? "none" : "***") + ", others=" + others.keySet() + "]";
        }
    }

    @Override
    public String toString() {
        return "NotificationRule[name=" + name + ", eventTypes=" + eventTypes + ", isEnabled=" + isEnabled
                + ", objectNamePrefix=" + objectNamePrefix + ", targetConfiguration=" + targetConfiguration
                + ", isSuspended=" + isSuspended + ", suspensionReason=" + suspensionReason + ", others="
                + others.keySet() + "]";
    }

    /** A header sent with every event; {@link #toString} hides its value, which is often a credential. */
    public record Header(String name, String value) {
        @Override
        public String toString() {
            return "Header[name=" + name + ", value=***]";
        }
    }
}
