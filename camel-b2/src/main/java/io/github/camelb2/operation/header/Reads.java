// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.header;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2Operations;
import io.github.camelb2.operation.header.Param.Use;

/** Which headers each operation reads. {@link Params} reads no other, so that the table cannot lie. */
public final class Reads {
    private static final List<Param<?>> NAME =
            List.of(Inputs.FILE_NAME, Inputs.OVERRULE_FILE_NAME, Inputs.CAMEL_FILE_NAME);
    private static final List<Param<?>> ID = List.of(Inputs.FILE_ID);
    private static final List<Param<?>> FILE = join(NAME, ID);
    private static final List<Param<?>> CONTENT = List.of(
            Inputs.CONTENT_TYPE,
            Inputs.FILE_INFO,
            Inputs.CONTENT_DISPOSITION,
            Inputs.CONTENT_ENCODING,
            Inputs.CONTENT_LANGUAGE,
            Inputs.CACHE_CONTROL,
            Inputs.EXPIRES,
            Inputs.LAST_MODIFIED);
    /** They describe the body, and not what is copied. */
    private static final List<Param<?>> FOREIGN_TYPE =
            List.of(Inputs.HTTP_CONTENT_TYPE, Inputs.CAMEL_FILE_CONTENT_TYPE);

    private static final List<Param<?>> PROTECTION = List.of(
            Inputs.ENCRYPTION, Inputs.CUSTOMER_KEY, Inputs.RETENTION_MODE, Inputs.RETAIN_UNTIL, Inputs.LEGAL_HOLD);
    private static final List<Param<?>> OVERRIDES = List.of(
            Inputs.CONTENT_TYPE,
            Inputs.CONTENT_DISPOSITION,
            Inputs.CONTENT_ENCODING,
            Inputs.CONTENT_LANGUAGE,
            Inputs.CACHE_CONTROL,
            Inputs.EXPIRES);
    private static final List<Param<?>> RANGE = List.of(Inputs.RANGE_START, Inputs.RANGE_END);
    private static final List<Param<?>> BUCKET = List.of(
            Inputs.BUCKET_TYPE,
            Inputs.BUCKET_INFO,
            Inputs.CORS_RULES,
            Inputs.LIFECYCLE_RULES,
            Inputs.FILE_LOCK_ENABLED,
            Inputs.DEFAULT_RETENTION,
            Inputs.DEFAULT_ENCRYPTION,
            Inputs.REPLICATION);
    private static final List<Param<?>> LISTING = List.of(
            Inputs.START_FILE_NAME, Inputs.MAX_FILE_COUNT, Inputs.PREFIX, Inputs.DELIMITER, Inputs.AS_OF, Inputs.LIMIT);

    /** For one step whatever it does: nothing that redirects a step may reach the one after it. */
    private static final List<Param<?>> ALWAYS =
            List.of(Inputs.OPERATION, Inputs.BUCKET_NAME, Inputs.OVERRIDE_FILE_NAME, Inputs.OVERRIDE_FILE_ID);

    private static final Map<B2Operations, Set<String>> HEADERS = new EnumMap<>(B2Operations.class);
    private static final Map<B2Operations, List<String>> ONE_SHOTS = new EnumMap<>(B2Operations.class);
    private static final Set<String> ALL_ONE_SHOTS;
    private static final Map<B2Operations, Set<String>> OPTIONS = new EnumMap<>(B2Operations.class);

    static {
        for (B2Operations operation : B2Operations.values()) {
            List<Param<?>> all = join(ALWAYS, of(operation));
            HEADERS.put(operation, all.stream().map(Param::header).collect(Collectors.toUnmodifiableSet()));
            ONE_SHOTS.put(
                    operation,
                    all.stream()
                            .filter(it -> it.use() == Use.ONE_SHOT)
                            .map(Param::header)
                            .distinct()
                            .toList());
            OPTIONS.put(
                    operation,
                    all.stream().flatMap(it -> Stream.ofNullable(it.option())).collect(Collectors.toUnmodifiableSet()));
        }
        ALL_ONE_SHOTS = ONE_SHOTS.values().stream().flatMap(List::stream).collect(Collectors.toUnmodifiableSet());
    }

    private Reads() {}

    // Exhaustive: a new operation does not compile without its row.
    private static List<Param<?>> of(B2Operations operation) {
        return switch (operation) {
            case authorizeAccount, getAccountInfo, clearAccountInfo, listBuckets -> List.of();
            case getBucket, bucketExists, deleteBucket, getBucketNotificationRules, setBucketNotificationRules ->
                List.of();
            case putBucketNotificationRule -> List.of();
            case removeBucketNotificationRule -> List.of(Inputs.NOTIFICATION_RULE_NAME);
            case setupReplication ->
                List.of(
                        Inputs.DESTINATION_BUCKET_NAME,
                        Inputs.DESTINATION_COMPONENT,
                        Inputs.PREFIX,
                        Inputs.REPLICATION_RULE_NAME,
                        Inputs.REPLICATE_EXISTING);
            case getReplicationStatus -> List.of(Inputs.PREFIX);
            case createBucket -> BUCKET;
            case updateBucket -> join(BUCKET, List.of(Inputs.BUCKET_REVISION));
            case uploadFile ->
                join(
                        NAME,
                        CONTENT,
                        FOREIGN_TYPE,
                        PROTECTION,
                        List.of(
                                Inputs.CONTENT_LENGTH,
                                Inputs.CONTENT_SHA1,
                                Inputs.CONTENT_MD5,
                                Inputs.UPLOAD_TIMESTAMP));
            case concatenateFiles -> join(NAME, CONTENT, FOREIGN_TYPE, PROTECTION, List.of(Inputs.UPLOAD_TIMESTAMP));
            case appendFile -> join(NAME, CONTENT, FOREIGN_TYPE, PROTECTION, List.of(Inputs.UPLOAD_TIMESTAMP));
            case updateFileInfo ->
                join(
                        FILE,
                        CONTENT,
                        List.of(Inputs.CUSTOMER_KEY, Inputs.RETENTION_MODE, Inputs.RETAIN_UNTIL, Inputs.LEGAL_HOLD));
            case downloadFile ->
                join(
                        FILE,
                        RANGE,
                        List.of(Inputs.CUSTOMER_KEY, Inputs.AS_OF, Inputs.IF_MODIFIED_SINCE, Inputs.IF_SHA1_DIFFERS));
            case getFileInfo, fileExists -> join(FILE, List.of(Inputs.CUSTOMER_KEY, Inputs.AS_OF));
            case listFileNames -> LISTING;
            case listFileVersions -> join(LISTING, List.of(Inputs.START_FILE_ID));
            case copyFile ->
                join(
                        FILE,
                        RANGE,
                        CONTENT,
                        PROTECTION,
                        List.of(
                                Inputs.DESTINATION_BUCKET_NAME,
                                Inputs.DESTINATION_FILE_NAME,
                                Inputs.METADATA_DIRECTIVE,
                                Inputs.AS_OF));
            case hideFile -> NAME;
            case unhideFile -> join(NAME, List.of(Inputs.BYPASS_GOVERNANCE));
            case deleteAllFileVersions -> join(NAME, List.of(Inputs.DRY_RUN, Inputs.BYPASS_GOVERNANCE));
            case deleteFileVersion -> join(FILE, List.of(Inputs.BYPASS_GOVERNANCE));
            case deleteFiles ->
                List.of(Inputs.PREFIX, Inputs.FILES_TO_DELETE, Inputs.DRY_RUN, Inputs.BYPASS_GOVERNANCE);
            case updateFileRetention ->
                join(FILE, List.of(Inputs.RETENTION_MODE, Inputs.RETAIN_UNTIL, Inputs.BYPASS_GOVERNANCE));
            case updateFileLegalHold -> join(FILE, List.of(Inputs.LEGAL_HOLD));
            case listUnfinishedLargeFiles ->
                List.of(Inputs.PREFIX, Inputs.START_FILE_ID, Inputs.MAX_FILE_COUNT, Inputs.LIMIT);
            case listParts -> join(ID, List.of(Inputs.LIMIT));
            case cancelLargeFile -> ID;
            case cancelUnfinishedLargeFiles -> List.of(Inputs.PREFIX, Inputs.OLDER_THAN, Inputs.DRY_RUN);
            case cleanUp -> List.of(Inputs.PREFIX, Inputs.OLDER_THAN, Inputs.DRY_RUN, Inputs.BYPASS_GOVERNANCE);
            case getDownloadAuthorization -> join(NAME, OVERRIDES, List.of(Inputs.PREFIX, Inputs.LINK_EXPIRATION));
            case createDownloadLink -> join(NAME, OVERRIDES, List.of(Inputs.LINK_EXPIRATION));
            case createKey ->
                List.of(
                        Inputs.KEY_NAME,
                        Inputs.KEY_CAPABILITIES,
                        Inputs.KEY_VALID_DURATION,
                        Inputs.KEY_BUCKETS,
                        Inputs.KEY_PREFIX);
            case listKeys -> List.of(Inputs.MAX_FILE_COUNT, Inputs.LIMIT);
            case getKey, deleteKey -> List.of(Inputs.KEY_ID);
        };
    }

    @SafeVarargs
    private static List<Param<?>> join(Collection<Param<?>>... groups) {
        return Arrays.stream(groups)
                .flatMap(Collection::stream)
                .collect(Collectors.collectingAndThen(Collectors.toCollection(LinkedHashSet::new), List::copyOf));
    }

    /** The headers that the operation reads. */
    public static Set<String> headers(B2Operations operation) {
        return HEADERS.getOrDefault(operation, Set.of());
    }

    /** Whether the operation goes by it: names and ids that redirect a step are taken off by all, and read by some. */
    public static boolean obeys(B2Operations operation, String header) {
        return switch (header) {
            case B2Constants.OVERRIDE_FILE_NAME -> headers(operation).contains(B2Constants.FILE_NAME);
            case B2Constants.OVERRIDE_FILE_ID -> headers(operation).contains(B2Constants.FILE_ID);
            default -> headers(operation).contains(header);
        };
    }

    /** Those of them that are for one step. */
    static List<String> oneShots(B2Operations operation) {
        return ONE_SHOTS.getOrDefault(operation, List.of());
    }

    /** All headers that are for one step, of whatever operation. */
    public static Set<String> allOneShots() {
        return ALL_ONE_SHOTS;
    }

    /** The options that stand in for headers which the operation reads. */
    public static Set<String> options(B2Operations operation) {
        return OPTIONS.getOrDefault(operation, Set.of());
    }
}
