// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.spi.IdempotentRepository;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.IncludeVersions;
import io.github.camelb2.SweepOrder;
import io.github.camelb2.body.CarrierWatch;
import io.github.camelb2.body.HeldMessage;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.http.ServiceClock;
import io.github.camelb2.client.model.file.FilePage;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.transfer.local.PrivateDirectory;
import io.github.camelb2.lending.B2ClientLease;
import io.github.camelb2.operation.step.OperationScope;
import io.github.camelb2.poll.after.AfterExchange;
import io.github.camelb2.poll.after.AfterRead;
import io.github.camelb2.poll.after.ClientUsers;
import io.github.camelb2.poll.after.Delivery;
import io.github.camelb2.poll.after.Waiting;
import io.github.camelb2.poll.after.WorkFile;
import io.github.camelb2.poll.claim.Claim;
import io.github.camelb2.poll.claim.ConsumerMemory;
import io.github.camelb2.poll.claim.OwnFiles;
import io.github.camelb2.poll.claim.PageMemory;
import io.github.camelb2.poll.claim.Selection;
import io.github.camelb2.poll.claim.VersionMemory;
import io.github.camelb2.poll.scan.ConsumedNames;
import io.github.camelb2.poll.scan.DoneFiles;
import io.github.camelb2.poll.scan.FirstSweep;
import io.github.camelb2.poll.scan.MemoryLimit;
import io.github.camelb2.poll.scan.NewVersionFilter;
import io.github.camelb2.poll.scan.PolledBucket;
import io.github.camelb2.poll.scan.StartPoint;
import io.github.camelb2.poll.scan.VersionScanner;
import io.github.camelb2.poll.scan.VersionSort;

/**
 * What a consumer works with from its start to its stop: where the sweep is, and what is done with what it finds.
 *
 * <p>The sweep is for one thread; looking at single names, and everything about an exchange, is for any.
 */
final class PollSession {
    private static final Logger LOG = LoggerFactory.getLogger(PollSession.class);

    private final B2Configuration options;
    private final B2ClientLease lease;
    private final InstantSource clock;
    private final Instant began;
    private final ServiceClock serviceClock;
    private final PolledBucket bucket;
    private final @Nullable WorkFiles workFiles;
    private final DoneFiles doneFiles;
    private final FirstSweep firstSweep;
    private final MemoryLimit memoryLimit;
    private final VersionScanner sweep;
    private final NewVersions ofSweep;
    private final @Nullable SortedSweep sorted;
    private final VersionMemory memory;
    private final NewVersionFilter filter;
    private final IdempotentRepository inProgress;
    private final AfterRead onSuccess;
    private final AfterExchange afterExchange;
    private final VersionMessages messages;
    private final ClientUsers users;
    private final Waiting waiting;
    private final OwnFiles own;
    private final Checkpoint checkpoint;
    private volatile boolean isReady;

    /**
     * Puts everything together; asks B2 for nothing yet.
     *
     * @param listener hears of what name a delivery has ended, and whether it succeeded
     * @param began when the consumer began, which is what a late start counts from
     * @throws IllegalArgumentException if an option cannot work
     */
    PollSession(
            OperationScope scope,
            ConsumerMemory.Repositories repositories,
            VersionMessages messages,
            ExceptionHandler failures,
            ClientUsers users,
            Waiting waiting,
            BiConsumer<String, Boolean> listener,
            OwnFiles.Reader reader,
            InstantSource clock,
            Instant began) {
        this.options = scope.options();
        this.lease = scope.lease();
        this.clock = clock;
        this.began = began;
        this.serviceClock = scope.client().serviceClock();
        this.messages = messages;
        this.users = users;
        this.waiting = waiting;
        this.bucket = new PolledBucket(scope);
        this.workFiles = WorkFiles.of(scope);
        this.doneFiles = DoneFiles.of(options.getDoneFileName());
        NewVersionFilter filter =
                NewVersionFilter.of(options, doneFiles, scope.client().serviceClock());
        VersionMemory memory = new VersionMemory(repositories.consumed(), messages::keyOf);
        this.checkpoint = options.getCheckpoint() == null
                ? Checkpoint.NONE
                : new Checkpoint(options.getCheckpoint(), Selection.nameOf(options));
        this.onSuccess = AfterRead.onSuccess(options, bucket, messages::evaluate);
        this.afterExchange = new AfterExchange(
                memory,
                repositories.inProgress(),
                bucket,
                onSuccess,
                AfterRead.onFailure(options, bucket, messages::evaluate),
                failures,
                heard(listener));
        this.own = new OwnFiles(options, memory, (name, version) -> isConsumed(name, version, filter), reader);
        this.memoryLimit = new MemoryLimit(bucket.name(), memory.capacity());
        this.memory = memory;
        this.filter = filter;
        this.inProgress = repositories.inProgress();
        this.ofSweep = newVersions(PageMemory.ofSweep(memory, own, onSuccess.acts()), memoryLimit, checkpoint);
        this.sweep = scanner(turning(bucket.pages(), ofSweep), options.getIncludeVersions());
        this.sorted = options.getOrder() == SweepOrder.name
                ? null
                : new SortedSweep(sweep, ofSweep, () -> new VersionSort(PrivateDirectory.ofUser()), clock);
        this.firstSweep = new FirstSweep(
                StartPoint.parse(options.getStartFrom()),
                bucket.name(),
                Objects.requireNonNullElse(options.getPrefix(), ""),
                bucket,
                memory,
                filter);
    }

    private NewVersions newVersions(PageMemory pages, MemoryLimit limit, Checkpoint place) {
        return new NewVersions(
                filter, doneFiles, bucket, memory, pages, inProgress, afterExchange, onSuccess, limit, own, place);
    }

    private AfterExchange.Listener heard(BiConsumer<String, Boolean> listener) {
        return new AfterExchange.Listener() {
            @Override
            public void ended(String fileName, boolean isSuccess) {
                listener.accept(fileName, isSuccess);
            }

            @Override
            public void over(FileVersion version, boolean isSettled) {
                checkpoint.over(version, isSettled);
            }
        };
    }

    /** Each page is told to who looks for new versions in it. */
    private static VersionScanner.Pages turning(VersionScanner.Pages pages, NewVersions newVersions) {
        return (startFileName, startFileId) -> {
            FilePage page = pages.from(startFileName, startFileId);
            newVersions.turnTo(page.files());
            return page;
        };
    }

    private boolean isConsumed(String bucketName, FileVersion version, NewVersionFilter filter) {
        return bucket.holds(bucketName, version)
                && ConsumedNames.contain(version.fileName(), options)
                && filter.acceptsAtSomeTime(version);
    }

    private VersionScanner scanner(VersionScanner.Pages pages, IncludeVersions include) {
        return new VersionScanner(pages, include, options.isIncludeHidden(), clock);
    }

    /** What is wrong with the repository of the login; empty while it works. */
    Optional<String> repositoryTrouble() {
        return lease.repositoryTrouble();
    }

    /** What its exchanges have stored where it consumes. */
    OwnFiles own() {
        return own;
    }

    /** When the consumer began, by this clock. */
    Instant began() {
        return began;
    }

    /** What time it is for the service. */
    InstantSource serviceClock() {
        return serviceClock;
    }

    PolledBucket bucket() {
        return bucket;
    }

    /**
     * Checks, before the route starts, that what comes after the reading can be done.
     *
     * @throws IllegalArgumentException if it cannot
     */
    void check() {
        onSuccess.check();
    }

    /** Passes over what was there before a late start, if that is still to be done; for the thread of the sweep. */
    boolean prepare(BooleanSupplier goOn) {
        if (isReady) {
            firstSweep.keepInMind();
        } else {
            bucket.createIfWanted();
            onSuccess.check();
            isReady = firstSweep.isTaken(
                    () -> serviceClock.agreedAt(began),
                    scanner(bucket.pages(), IncludeVersions.all),
                    memoryLimit,
                    goOn);
            if (isReady) {
                goOnWhereItWas();
            }
        }
        return isReady;
    }

    private void goOnWhereItWas() {
        if (options.getCheckpoint() == null) {
            return;
        }
        checkpoint.find(bucket.id()).ifPresent(place -> {
            LOG.info("The sweep through bucket {} goes on behind {}", bucket.name(), place.fileName());
            sweep.rewind(new VersionScanner.Mark(place));
        });
    }

    /** Gives back claims that have no exchange: they are found again. */
    void giveBack(Collection<Claim> claims) {
        try {
            Claim.closeAll(claims);
        } finally {
            claims.forEach(it -> checkpoint.over(it.version(), false));
        }
    }

    /** Whether {@link #prepare} is done, so that other threads may look at single names. */
    boolean isReady() {
        return isReady;
    }

    /** Whether the file that allows consuming is there, if there has to be one. */
    boolean isAllowed() {
        return doneFiles.common().map(name -> bucket.visible(name).isPresent()).orElse(true);
    }

    /** Claims the next new versions of the sweep; fewer than the limit mean that the sweep has come to its end. */
    List<Claim> next(int limit, BooleanSupplier goOn) {
        return sorted == null ? ofSweep.gather(sweep, limit, goOn) : sorted.gather(limit, goOn);
    }

    /** Begins to look at one name. */
    NameScan look(String fileName) {
        NewVersions ofName =
                newVersions(PageMemory.ofLook(memory, own, onSuccess.acts()), MemoryLimit.unlimited(), Checkpoint.NONE);
        return new NameScan(scanner(turning(bucket.pagesOf(fileName), ofName), options.getIncludeVersions()), ofName);
    }

    /** Looks at the versions of one name. Not thread-safe. */
    record NameScan(VersionScanner scanner, NewVersions newVersions) {
        /** Claims the next new versions; fewer than the limit mean that there are no more. */
        List<Claim> next(int limit, BooleanSupplier goOn) {
            return newVersions.gather(scanner, limit, goOn);
        }
    }

    /**
     * Downloads the version if the options say so; null if they do not, or there is nothing to download.
     *
     * @throws B2Exception if it cannot be read from B2, or written here
     */
    @Nullable
    WorkFile fetch(Claim claim) {
        return workFiles == null || !claim.version().hasContent() ? null : workFiles.fetch(claim.version());
    }

    /** Leaves a version that could not be fetched to a later sweep. */
    void leave(Claim claim) {
        afterExchange.leave(claim, null);
    }

    /**
     * Makes the message of the version, and hands the claim over to the end of the exchange.
     *
     * @param isPolled whether Camel gives the exchange to somebody who asked for it
     */
    void begin(Exchange exchange, Claim claim, @Nullable WorkFile file, boolean isPolled) {
        Delivery delivery = new Delivery(claim, afterExchange, users, waiting, file, isPolled);
        if (delivery.hold() != null) {
            CarrierWatch.ensure(exchange.getContext());
            exchange.setIn(new HeldMessage(exchange.getContext()));
        }
        own.begin(exchange);
        messages.write(exchange, claim.version(), delivery.hold(), file);
        delivery.begin(exchange);
    }

    /** What the last sweep did. */
    VersionScanner.Figures lastSweep() {
        return sweep.lastSweep();
    }

    /** Gives back the client as soon as no exchange needs it any more. */
    void end() {
        if (sorted != null) {
            sorted.close();
        }
        users.leave();
    }
}
