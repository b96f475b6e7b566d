// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.header;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.B2Constants;
import io.github.camelb2.Moment;
import io.github.camelb2.client.model.bucket.ReplicationConfiguration;
import io.github.camelb2.client.model.protection.DefaultRetention;
import io.github.camelb2.client.model.protection.Encryption;

/** Every input of an operation, where it comes from, and what becomes of it. */
public final class Inputs {
    public static final Param<String> OPERATION = Param.oneShot("an operation", B2Constants.OPERATION, String.class);
    public static final Param<String> BUCKET_NAME =
            Param.oneShot("a bucket", B2Constants.OVERRIDE_BUCKET_NAME, String.class);

    public static final Param<String> BUCKET_TYPE = Param.lasting(
                    "a bucket type", B2Constants.BUCKET_TYPE, String.class)
            .oneOf("allPrivate", "allPublic")
            .orOption("bucketType", B2Configuration::getBucketType);
    /** The option of the component is for buckets that are made: it must not make a public bucket private. */
    public static final Param<String> NEW_BUCKET_TYPE = Param.lasting(
                    "a bucket type", B2Constants.BUCKET_TYPE, String.class)
            .oneOf("allPrivate", "allPublic")
            .orOption("bucketType", options -> options.isGiven("bucketType") ? options.getBucketType() : null);

    public static final Param<Map<?, ?>> BUCKET_INFO = map("bucket information", B2Constants.BUCKET_INFO);
    public static final Param<List<?>> CORS_RULES = list("CORS rules", B2Constants.CORS_RULES);
    public static final Param<List<?>> LIFECYCLE_RULES = list("lifecycle rules", B2Constants.LIFECYCLE_RULES);
    public static final Param<Integer> BUCKET_REVISION =
            Param.lasting("a revision", B2Constants.BUCKET_REVISION, Integer.class);

    public static final Param<Boolean> FILE_LOCK_ENABLED =
            Param.lasting("true or false", B2Constants.FILE_LOCK_ENABLED, Boolean.class);
    public static final Param<DefaultRetention> DEFAULT_RETENTION = Param.lasting(
            "a retention, as {\"mode\": \"governance\", \"period\": {\"duration\": 7, \"unit\": \"days\"}}",
            B2Constants.DEFAULT_RETENTION,
            DefaultRetention.class);
    public static final Param<Encryption> DEFAULT_ENCRYPTION =
            Param.lasting("SSE-B2 or none", B2Constants.DEFAULT_SERVER_SIDE_ENCRYPTION, Encryption.class);
    public static final Param<ReplicationConfiguration> REPLICATION = Param.lasting(
            "a replication configuration", B2Constants.REPLICATION_CONFIGURATION, ReplicationConfiguration.class);

    public static final Param<String> OVERRIDE_FILE_NAME =
            Param.oneShot("a file name", B2Constants.OVERRIDE_FILE_NAME, String.class);
    public static final Param<String> OVERRIDE_FILE_ID =
            Param.oneShot("a file id", B2Constants.OVERRIDE_FILE_ID, String.class);
    public static final Param<String> FILE_NAME = Param.lasting("a file name", B2Constants.FILE_NAME, String.class)
            .orOption("fileName", B2Configuration::getFileName);
    public static final Param<String> OVERRULE_FILE_NAME =
            Param.oneShot("a file name", Exchange.OVERRULE_FILE_NAME, String.class);
    public static final Param<String> CAMEL_FILE_NAME = Param.lasting("a file name", Exchange.FILE_NAME, String.class);
    public static final Param<String> HTTP_CONTENT_TYPE =
            Param.lasting("a content type", Exchange.CONTENT_TYPE, String.class);
    public static final Param<String> CAMEL_FILE_CONTENT_TYPE =
            Param.lasting("a content type", Exchange.FILE_CONTENT_TYPE, String.class);

    public static final Param<String> FILE_ID = Param.lasting("a file id", B2Constants.FILE_ID, String.class);
    public static final Param<String> DESTINATION_BUCKET_NAME =
            Param.oneShot("a destination bucket", B2Constants.DESTINATION_BUCKET_NAME, String.class);
    public static final Param<String> DESTINATION_FILE_NAME =
            Param.oneShot("the name of the copy", B2Constants.DESTINATION_FILE_NAME, String.class);
    public static final Param<String> METADATA_DIRECTIVE = Param.oneShot(
                    "a metadata directive", B2Constants.METADATA_DIRECTIVE, String.class)
            .oneOf("COPY", "REPLACE", "copy", "replace");

    public static final Param<Map<?, ?>> FILE_INFO = map("file information", B2Constants.FILE_INFO);
    public static final Param<String> CONTENT_TYPE = Param.lasting(
                    "a content type", B2Constants.CONTENT_TYPE, String.class)
            .orOption("contentType", B2Configuration::getContentType);
    public static final Param<Long> CONTENT_LENGTH =
            Param.lasting("a length in bytes", B2Constants.CONTENT_LENGTH, Long.class);
    public static final Param<String> CONTENT_SHA1 = Param.lasting("a SHA-1", B2Constants.CONTENT_SHA1, String.class);
    public static final Param<String> CONTENT_MD5 = Param.lasting("an MD5", B2Constants.CONTENT_MD5, String.class);
    public static final Param<String> CONTENT_DISPOSITION =
            Param.lasting("a content disposition", B2Constants.CONTENT_DISPOSITION, String.class);
    public static final Param<String> CONTENT_ENCODING =
            Param.lasting("a content encoding", B2Constants.CONTENT_ENCODING, String.class);
    public static final Param<String> CONTENT_LANGUAGE =
            Param.lasting("a content language", B2Constants.CONTENT_LANGUAGE, String.class);
    public static final Param<String> CACHE_CONTROL =
            Param.lasting("a cache control", B2Constants.CACHE_CONTROL, String.class);
    public static final Param<String> EXPIRES = Param.lasting("an expiry", B2Constants.EXPIRES, String.class);
    public static final Param<Long> LAST_MODIFIED =
            Param.lasting("a time in ms since 1970", B2Constants.LAST_MODIFIED, Long.class);

    public static final Param<Long> UPLOAD_TIMESTAMP =
            Param.lasting("a time in ms since 1970", B2Constants.CUSTOM_UPLOAD_TIMESTAMP, Long.class);

    public static final Param<String> ENCRYPTION = Param.lasting(
                    "default, SSE-B2 or SSE-C", B2Constants.SERVER_SIDE_ENCRYPTION, String.class)
            .orOption("serverSideEncryption", B2Configuration::getServerSideEncryption);
    public static final Param<String> CUSTOMER_KEY = Param.oneShot(
                    "a key of 32 bytes in base64", B2Constants.CUSTOMER_KEY, String.class)
            .orOption("customerKey", B2Configuration::getCustomerKey);
    public static final Param<String> RETENTION_MODE = Param.lasting(
                    "governance, compliance or none", B2Constants.FILE_RETENTION_MODE, String.class)
            .oneOf("governance", "compliance", "none");
    public static final Param<Long> RETAIN_UNTIL =
            Param.lasting("a time in ms since 1970", B2Constants.RETAIN_UNTIL, Long.class);
    public static final Param<String> LEGAL_HOLD =
            Param.lasting("on or off", B2Constants.LEGAL_HOLD, String.class).oneOf("on", "off");
    public static final Param<Boolean> BYPASS_GOVERNANCE =
            Param.oneShot("true or false", B2Constants.BYPASS_GOVERNANCE, Boolean.class);

    public static final Param<Long> RANGE_START = Param.oneShot("the first byte", B2Constants.RANGE_START, Long.class);
    public static final Param<Long> RANGE_END = Param.oneShot("the last byte", B2Constants.RANGE_END, Long.class);

    public static final Param<String> PREFIX =
            Param.oneShot("a prefix", B2Constants.PREFIX, String.class).orOption("prefix", B2Configuration::getPrefix);
    public static final Param<String> DELIMITER = Param.oneShot("a delimiter", B2Constants.DELIMITER, String.class)
            .orOption("delimiter", B2Configuration::getDelimiter);
    public static final Param<String> START_FILE_NAME =
            Param.oneShot("a file name", B2Constants.START_FILE_NAME, String.class);
    public static final Param<String> START_FILE_ID =
            Param.oneShot("a file id", B2Constants.START_FILE_ID, String.class);
    public static final Param<Integer> MAX_FILE_COUNT =
            Param.oneShot("a number of entries", B2Constants.MAX_FILE_COUNT, Integer.class);
    public static final Param<Moment> AS_OF = Param.oneShot(Moment.WHAT, B2Constants.AS_OF, Moment.class)
            .orOption("asOf", options -> options.getAsOf() == null ? null : Moment.ofOption("asOf", options.getAsOf()));
    public static final Param<Integer> LIMIT = Param.oneShot("a number of entries", B2Constants.LIMIT, Integer.class)
            .orOption("limit", B2Configuration::getLimit);
    public static final Param<Moment> IF_MODIFIED_SINCE = Param.oneShot(
                    Moment.WHAT, B2Constants.IF_MODIFIED_SINCE, Moment.class)
            .orOption(
                    "ifModifiedSince",
                    options -> options.getIfModifiedSince() == null
                            ? null
                            : Moment.ofOption("ifModifiedSince", options.getIfModifiedSince()));
    public static final Param<String> IF_SHA1_DIFFERS = Param.oneShot(
                    "a SHA-1 of 40 hex digits", B2Constants.IF_SHA1_DIFFERS, String.class)
            .orOption("ifSha1Differs", B2Configuration::getIfSha1Differs);
    public static final Param<Duration> OLDER_THAN =
            Param.oneShot("a duration", B2Constants.OLDER_THAN, Duration.class);
    public static final Param<String> NOTIFICATION_RULE_NAME =
            Param.oneShot("the name of a rule", B2Constants.NOTIFICATION_RULE_NAME, String.class);
    public static final Param<String> REPLICATION_RULE_NAME =
            Param.oneShot("the name of a rule", B2Constants.REPLICATION_RULE_NAME, String.class);
    public static final Param<String> DESTINATION_COMPONENT =
            Param.oneShot("the name of a component", B2Constants.DESTINATION_COMPONENT, String.class);
    public static final Param<Boolean> REPLICATE_EXISTING =
            Param.oneShot("true or false", B2Constants.REPLICATE_EXISTING, Boolean.class);
    public static final Param<Boolean> DRY_RUN = Param.oneShot("true or false", B2Constants.DRY_RUN, Boolean.class)
            .orOption("dryRun", B2Configuration::isDryRun);
    public static final Param<List<?>> FILES_TO_DELETE = new Param<>(
            "names, or pairs of name and id",
            B2Constants.FILES_TO_DELETE,
            listType(),
            Param.Use.ONE_SHOT,
            null,
            null,
            List.of());

    public static final Param<Long> LINK_EXPIRATION =
            Param.oneShot("a time in ms", B2Constants.DOWNLOAD_LINK_EXPIRATION_TIME, Long.class);

    public static final Param<String> KEY_NAME =
            Param.lasting("a name for the key", B2Constants.KEY_NAME, String.class);
    public static final Param<List<?>> KEY_CAPABILITIES = list("capabilities", B2Constants.KEY_CAPABILITIES);
    public static final Param<List<?>> KEY_BUCKETS = list("names of buckets", B2Constants.KEY_BUCKETS);
    public static final Param<Duration> KEY_VALID_DURATION =
            Param.lasting("a duration", B2Constants.KEY_VALID_DURATION, Duration.class);
    public static final Param<String> KEY_PREFIX = PREFIX;
    public static final Param<String> KEY_ID = Param.lasting("a key id", B2Constants.KEY_ID, String.class);

    private Inputs() {}

    private static Param<Map<?, ?>> map(String what, String header) {
        return Param.lasting(what, header, mapType());
    }

    private static Param<List<?>> list(String what, String header) {
        return Param.lasting(what, header, listType());
    }

    @SuppressWarnings("unchecked") // A wildcard map is all that the raw class can be.
    private static Class<Map<?, ?>> mapType() {
        return (Class<Map<?, ?>>) (Class<?>) Map.class;
    }

    @SuppressWarnings("unchecked") // A wildcard list is all that the raw class can be.
    private static Class<List<?>> listType() {
        return (Class<List<?>>) (Class<?>) List.class;
    }
}
