// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.B2Constants;
import io.github.camelb2.B2Operations;
import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.header.Reads;

/**
 * Refuses options that would be ignored: on the URI of a producer whose operation is fixed all of them; where the
 * operation comes with the message only those that, ignored, would delete or overwrite more.
 */
public final class OptionCheck {
    private static final Set<B2Operations> UPLOADS = EnumSet.of(B2Operations.uploadFile, B2Operations.concatenateFiles);
    private static final Set<B2Operations> STORING =
            EnumSet.of(B2Operations.uploadFile, B2Operations.concatenateFiles, B2Operations.copyFile);
    private static final Set<B2Operations> FILTERED = EnumSet.of(
            B2Operations.listFileNames,
            B2Operations.listFileVersions,
            B2Operations.deleteFiles,
            B2Operations.listUnfinishedLargeFiles,
            B2Operations.cancelUnfinishedLargeFiles,
            B2Operations.cleanUp);
    private static final Set<B2Operations> SIZED = EnumSet.of(
            B2Operations.listFileNames, B2Operations.listFileVersions, B2Operations.deleteFiles, B2Operations.cleanUp);

    /** What deletes for ever: an option or a header that would have spared something must not be ignored there. */
    private static final Set<B2Operations> DELETING = EnumSet.of(
            B2Operations.deleteBucket,
            B2Operations.deleteFileVersion,
            B2Operations.deleteAllFileVersions,
            B2Operations.deleteFiles,
            B2Operations.unhideFile,
            B2Operations.cancelLargeFile,
            B2Operations.cancelUnfinishedLargeFiles,
            B2Operations.cleanUp,
            B2Operations.removeBucketNotificationRule,
            B2Operations.deleteKey);

    /** What stores, hides or replaces something: with dryRun=true in the URI nothing of that must be. */
    private static final Set<B2Operations> OVERWRITING = EnumSet.of(
            B2Operations.uploadFile,
            B2Operations.copyFile,
            B2Operations.concatenateFiles,
            B2Operations.appendFile,
            B2Operations.updateFileInfo,
            B2Operations.hideFile,
            B2Operations.updateFileRetention,
            B2Operations.updateFileLegalHold,
            B2Operations.createBucket,
            B2Operations.updateBucket,
            B2Operations.setBucketNotificationRules,
            B2Operations.putBucketNotificationRule,
            B2Operations.setupReplication,
            B2Operations.createKey);

    private static final Set<String> SPARING = Set.of(
            "prefix",
            "delimiter",
            "include",
            "exclude",
            "antInclude",
            "antExclude",
            "minSize",
            "maxSize",
            "minAge",
            "maxAge",
            "onlyVersions",
            "asOf",
            "limit",
            "dryRun");

    /** How a step looks, which no request record says. */
    private static final Set<String> OF_THE_VIEW = Set.of("asOf", "limit", "ifModifiedSince", "ifSha1Differs");

    /** Of those, what is about more than one thing: a name in the URI would be ignored there. */
    private static final Set<B2Operations> DELETING_MANY = EnumSet.of(
            B2Operations.deleteBucket,
            B2Operations.deleteFiles,
            B2Operations.cancelUnfinishedLargeFiles,
            B2Operations.cleanUp);

    private static final List<String> SPARING_HEADERS = List.of(
            B2Constants.OVERRIDE_FILE_NAME,
            B2Constants.OVERRIDE_FILE_ID,
            B2Constants.PREFIX,
            B2Constants.DELIMITER,
            B2Constants.START_FILE_NAME,
            B2Constants.START_FILE_ID,
            B2Constants.MAX_FILE_COUNT,
            B2Constants.OLDER_THAN,
            B2Constants.FILES_TO_DELETE,
            B2Constants.AS_OF,
            B2Constants.LIMIT,
            B2Constants.DRY_RUN);

    /** The operations that read an option which stands in for no header; an option that is not here is read by all. */
    private static final Map<String, Set<B2Operations>> READERS = readers();

    /** What only a consumer reads. */
    static final Set<String> OF_CONSUMERS = Set.of(
            "includeVersions",
            "includeHidden",
            "includeBody",
            "ignoreBody",
            "includeFolders",
            "maxMessagesPerPoll",
            "idempotentRepository",
            "idempotentKey",
            "inProgressRepository",
            "deleteAfterRead",
            "hideAfterRead",
            "moveAfterRead",
            "destinationBucket",
            "destinationBucketPrefix",
            "destinationBucketSuffix",
            "removePrefixOnMove",
            "moveFailed",
            "doneFileName",
            "startFrom",
            "startFromFileName",
            "order",
            "checkpoint",
            "deliver",
            "eventTypes",
            "eventDirectory",
            "notifications",
            "notificationUrl",
            "notificationSecret");

    /** What only a producer reads: a consumer with dryRun=true would delete what it has read. */
    private static final List<String> OF_PRODUCERS = List.of(
            "streamingUploadMode",
            "operation",
            "pojoRequest",
            "dryRun",
            "onlyVersions",
            "limit",
            "ifModifiedSince",
            "ifSha1Differs",
            "fileExist",
            "contentType",
            "deleteAfterWrite");

    /** What is read where messages are gathered, and nowhere else. */
    private static final List<String> OF_STREAMS = List.of(
            "batchMessageNumber",
            "batchSize",
            "streamingUploadTimeout",
            "namingStrategy",
            "restartingPolicy",
            "timestampGroupingEnabled",
            "timestampWindowSizeMillis",
            "timestampHeaderName",
            "separator",
            "compression",
            "partitionBy",
            "maxOpenFiles",
            "acknowledge",
            "spoolDirectory",
            "spoolMaxBytes",
            "completedUri");

    private OptionCheck() {}

    /** The options of producers that the operation reads, beside those that all read. */
    public static Set<String> options(B2Operations operation) {
        return READERS.entrySet().stream()
                .filter(it -> it.getValue().contains(operation))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Set<B2Operations>> readers() {
        Map<String, Set<B2Operations>> readers = new TreeMap<>();
        List.of("include", "exclude", "antInclude", "antExclude", "minAge", "maxAge")
                .forEach(option -> readers.put(option, FILTERED));
        List.of("minSize", "maxSize").forEach(option -> readers.put(option, SIZED));
        readers.put("onlyVersions", EnumSet.of(B2Operations.deleteFiles));
        Set<B2Operations> moving =
                join(STORING, B2Operations.appendFile, B2Operations.updateFileInfo, B2Operations.downloadFile);
        readers.put("partSize", moving);
        readers.put("maxConcurrency", join(moving, B2Operations.deleteFiles, B2Operations.cleanUp));
        readers.put("resumeLargeFiles", UPLOADS);
        readers.put("deleteAfterWrite", EnumSet.of(B2Operations.uploadFile));
        readers.put("localWorkDirectory", EnumSet.of(B2Operations.downloadFile));
        readers.put("fileExist", STORING);
        Set<B2Operations> creating = EnumSet.noneOf(B2Operations.class);
        for (B2Operations operation : B2Operations.values()) {
            if (Operations.of(operation).bucketNeed().mayCreate()) {
                creating.add(operation);
            }
            Reads.options(operation).forEach(option -> readers.merge(option, EnumSet.of(operation), OptionCheck::both));
        }
        readers.put("autoCreateBucket", creating);
        readers.merge("bucketType", creating, OptionCheck::both);
        // A customer key is an option of SSE-C, also for those who only read.
        readers.merge("serverSideEncryption", readers.getOrDefault("customerKey", Set.of()), OptionCheck::both);
        return Map.copyOf(readers);
    }

    private static Set<B2Operations> join(Set<B2Operations> some, B2Operations... more) {
        Set<B2Operations> all = EnumSet.copyOf(some);
        all.addAll(List.of(more));
        return all;
    }

    private static List<String> join(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static Set<B2Operations> both(Set<B2Operations> one, Set<B2Operations> other) {
        Set<B2Operations> all = EnumSet.noneOf(B2Operations.class);
        all.addAll(one);
        all.addAll(other);
        return all;
    }

    /**
     * Looks at the options of a producer before it is made.
     *
     * @throws IllegalArgumentException if the URI has one that only consumers read, or that the operation of the URI does
     *     not read
     */
    static void checkProducer(B2Configuration options) {
        for (String option : OF_CONSUMERS) {
            if (options.isGiven(option)) {
                throw wrong(option, "it is an option of consumers", "take it away, or write it in a from(...)");
            }
        }
        for (String option : options.isStreamingUploadMode() ? List.<String>of() : OF_STREAMS) {
            if (options.isGiven(option)) {
                throw wrong(option, "messages are not gathered", "add streamingUploadMode=true, or take it away");
            }
        }
        // Gathered messages bring no operation of their own.
        if (!options.isGiven("operation") && !options.isStreamingUploadMode()) {
            return;
        }
        B2Operations operation = options.getOperation();
        READERS.forEach((option, readers) -> {
            if (options.isGiven(option) && !readers.contains(operation)) {
                throw wrong(
                        option,
                        operation + " does not read it",
                        "take it away; it is read by "
                                + readers.stream().sorted().toList());
            }
        });
        for (String option : options.isPojoRequest() ? Reads.options(operation) : Set.<String>of()) {
            if (options.isGiven(option) && !OF_THE_VIEW.contains(option)) {
                throw wrong(option, "with pojoRequest=true the request says it", "take it away, and set it there");
            }
        }
    }

    /**
     * Looks at the options of a consumer before it is made.
     *
     * @throws IllegalArgumentException if the URI has one that only producers read
     */
    public static void checkConsumer(B2Configuration options) {
        for (String option : join(OF_PRODUCERS, OF_STREAMS)) {
            if (options.isGiven(option)) {
                throw wrong(option, "it is an option of producers", "take it away, or write it in a to(...)");
            }
        }
    }

    /**
     * Looks at what one message asks for.
     *
     * @throws IllegalArgumentException if an option of the URI, or a header, would have spared something from being
     *     deleted, and the operation does not read it
     */
    static void checkMessage(Params params) {
        B2Operations operation = params.operation();
        B2Configuration options = params.options();
        if (OVERWRITING.contains(operation) && options.isGiven("dryRun") && options.isDryRun()) {
            throw wrong("dryRun", operation + " does not read it, and would change what is stored", "take it away");
        }
        if (!DELETING.contains(operation)) {
            return;
        }
        for (String option : SPARING) {
            boolean isSet = options.isGiven(option) || option.equals("dryRun") && options.isDryRun();
            if (isSet && !isRead(option, operation, options)) {
                throw wrong(option, ignored(operation, options), "take it away");
            }
        }
        if (DELETING_MANY.contains(operation) && options.isGiven("fileName")) {
            throw wrong("fileName", ignored(operation, options), "take it away");
        }
        for (String header : SPARING_HEADERS) {
            boolean isRead = Reads.obeys(operation, header) && !options.isPojoRequest();
            if (params.isOrdered(header) && !isRead) {
                throw new IllegalArgumentException(
                        "Header " + header + " cannot be: " + ignored(operation, options) + "; remove it");
            }
        }
    }

    private static String ignored(B2Operations operation, B2Configuration options) {
        return operation + (options.isPojoRequest() ? " with pojoRequest=true" : "")
                + " does not read it, and would delete what it spares";
    }

    private static boolean isRead(String option, B2Operations operation, B2Configuration options) {
        return READERS.getOrDefault(option, Set.of()).contains(operation)
                && !(options.isPojoRequest() && Reads.options(operation).contains(option));
    }

    private static IllegalArgumentException wrong(String option, String why, String advice) {
        return new IllegalArgumentException("Option " + option + " cannot be: " + why + "; " + advice);
    }
}
