// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.option;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.B2SyncConfiguration;
import io.github.camelb2.sync.distributed.Coordinator;
import io.github.camelb2.sync.plan.policy.Preserve;
import io.github.camelb2.sync.run.SyncJob;
import io.github.camelb2.sync.wire.PlanSigner;

/** What a user wrote of a sync over several machines. */
public final class DistributedOptions {
    private static final int MOST_OUTSTANDING = 1_000_000;
    private static final int SHORTEST_LEASE_MILLIS = 100;
    private static final int MARK_LENGTH = 16;

    private final B2SyncConfiguration options;
    private final SyncOptions all;

    DistributedOptions(B2SyncConfiguration options, SyncOptions all) {
        this.options = options;
        this.all = all;
    }

    /** Whether the plans of runs go to workers elsewhere. */
    public boolean isCoordinator() {
        return options.getActionEndpoint() != null;
    }

    void check() {
        boolean isWorker = all.mode() == SyncOptions.Mode.WORK;
        refuse(
                isWorker && isCoordinator(),
                "actionEndpoint",
                "cannot be with mode=work: a worker gets its plans by its" + " route, as from(\"jms:queue:work\")");
        boolean isEither = isWorker || isCoordinator();
        String who = isWorker ? "mode=work" : "actionEndpoint";
        refuse(
                isEither && options.getResultEndpoint() == null,
                "resultEndpoint",
                "is missing: " + who + " needs it; write the URI of a queue, as jms:queue:results");
        refuse(
                isEither && options.getPlanKey() == null,
                "planKey",
                "is missing: " + who + " needs it, the same for the coordinator and all workers");
        refuse(
                !isEither && options.getResultEndpoint() != null,
                "resultEndpoint",
                "has no use without actionEndpoint" + " or mode=work");
        refuse(!isCoordinator() && options.getLedger() != null, "ledger", "has no use without actionEndpoint");
        refuse(
                isEither && !limit().isEmpty(),
                limit(),
                "cannot be kept over several machines: take it away, or take " + who + " away");
        refuse(
                isWorker && options.isDryRun(),
                "dryRun",
                "has no use with mode=work: whether a run is a dry one is said to its coordinator");
        Preserve kept = PreserveOptions.of(options);
        refuse(
                isEither && (kept.has(Preserve.What.SYMLINKS) || kept.has(Preserve.What.EMPTY_DIRS)),
                "preserve=" + options.getPreserve(),
                "cannot store links or directories over several machines: take symlinks and emptyDirs out of it, or take "
                        + who + " away");
        boolean isRun = all.mode() == SyncOptions.Mode.RUN || all.mode() == SyncOptions.Mode.ESTIMATE;
        refuse(
                isCoordinator() && !isRun,
                "actionEndpoint",
                "cannot be with mode=" + options.getMode() + ": a run gives out its plans itself");
        refuseOneQueue("actionEndpoint", options.getActionEndpoint(), "resultEndpoint", options.getResultEndpoint());
        refuseOneQueue(
                "deadLetterEndpoint", options.getDeadLetterEndpoint(), "resultEndpoint", options.getResultEndpoint());
        refuseOneQueue(
                "deadLetterEndpoint", options.getDeadLetterEndpoint(), "actionEndpoint", options.getActionEndpoint());
        int outstanding = options.getOutstanding();
        refuse(
                outstanding < 1 || outstanding > MOST_OUTSTANDING,
                "outstanding=" + outstanding,
                "cannot be: write a number from 1 to " + MOST_OUTSTANDING);
        refuse(
                options.getLeaseTime() < SHORTEST_LEASE_MILLIS,
                "leaseTime=" + options.getLeaseTime(),
                "cannot be: write " + SHORTEST_LEASE_MILLIS + " ms or more, as 60s");
    }

    /** What counts all that a run uses, and nobody can count on other machines in time; empty if nothing does. */
    private String limit() {
        if (options.getMaxTransactionsC() != null) {
            return "maxTransactionsC";
        }
        if (options.getMaxDownloadBytes() != null) {
            return "maxDownloadBytes";
        }
        return options.getMaxTransferBytes() != null ? "maxTransferBytes" : "";
    }

    /** What goes out would come in again, for ever. */
    private static void refuseOneQueue(
            String option, @Nullable String queue, String otherOption, @Nullable String otherQueue) {
        refuse(
                queue != null && otherQueue != null && withoutOptions(queue).equals(withoutOptions(otherQueue)),
                option,
                "cannot be the queue of " + otherOption + ": write another one");
    }

    private static String withoutOptions(String uri) {
        int options = uri.indexOf('?');
        return (options < 0 ? uri : uri.substring(0, options)).replaceFirst("^([^:]+):(//)?", "$1:");
    }

    private static void refuse(boolean isWrong, String option, String advice) {
        if (isWrong) {
            throw new IllegalArgumentException("Option " + option + " " + advice);
        }
    }

    /** How patient the coordinator is. */
    public Coordinator.Patience patience() {
        return new Coordinator.Patience(
                options.getOutstanding(),
                Duration.ofMillis(options.getLeaseTime()),
                Duration.ofMillis(options.getOutageTimeout()));
    }

    /**
     * The two places, by what they are on every machine: no path of one. Nobody can tell accounts from it who does not know
     * planKey.
     *
     * @param sourceIdentity      tells a bucket from others of its name; empty for a directory
     * @param destinationIdentity the same
     */
    public String roots(SyncJob job, String sourceIdentity, String destinationIdentity) {
        String mark = mark("roots", sourceIdentity + "\n\n" + destinationIdentity);
        return names(job) + " #" + String.valueOf(mark).substring(0, MARK_LENGTH);
    }

    private static String names(SyncJob job) {
        return SyncOptions.sharedPlace(job.source()) + " > " + SyncOptions.sharedPlace(job.destination());
    }

    /**
     * Tells apart what has to be the same for a coordinator that goes on with the run of another one.
     *
     * @param roots the two places
     */
    public String digestOfRun(SyncJob job, String roots) {
        return PlanSigner.digest(digest(job) + "\n" + roots + "\n" + job.policy());
    }

    /**
     * Tells apart what has to be the same for the coordinator and its workers: what takes part, when files are equal, and
     * how they are stored. Not keepMode and maxDelete, by which each judges for itself. Of a key of files it has what nobody
     * can tell it from who does not know planKey.
     */
    public String digest(SyncJob job) {
        Stream<@Nullable Object> storing = Stream.of(
                all.scope(names(job)),
                options.getAsOf(),
                options.getCompareMode(),
                options.getCompareThreshold(),
                options.getNewerFileMode(),
                options.getUploadMode(),
                options.getSourceEncryption(),
                mark("sourceCustomerKey", options.getSourceCustomerKey()),
                options.getDestinationEncryption(),
                mark("destinationCustomerKey", options.getDestinationCustomerKey()),
                options.getContentType(),
                options.getCacheControl(),
                options.getFileInfo(),
                options.getRetentionMode(),
                options.getRetainFor(),
                options.getLegalHold(),
                options.getBackupDir(),
                options.getBackupSuffix(),
                options.isAllowEmptySource());
        return PlanSigner.digest(storing.map(String::valueOf).collect(Collectors.joining("\n")));
    }

    private @Nullable String mark(String option, @Nullable String key) {
        String planKey = options.getPlanKey();
        return key == null || planKey == null ? null : PlanSigner.of(planKey).sign(option, key);
    }
}
