// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import org.apache.camel.Category;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.EndpointWithSecrets;
import io.github.camelb2.client.cost.CostModel;
import io.github.camelb2.sync.launch.OtherHeaders;
import io.github.camelb2.sync.observe.SyncHealthCheck;
import io.github.camelb2.sync.option.Prices;
import io.github.camelb2.sync.option.RegexOptions;
import io.github.camelb2.sync.option.SyncOptions;
import io.github.camelb2.sync.plan.actions.Withheld;
import io.github.camelb2.sync.report.SyncProgress;
import io.github.camelb2.sync.report.WorkerFigures;
import io.github.camelb2.sync.run.SyncSession;
import io.github.camelb2.sync.wire.PlanSigner;

/** Syncs a local directory and a Backblaze B2 bucket, in either direction, or two buckets. */
@ManagedResource(description = "Managed B2 sync endpoint")
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "b2-sync",
        title = "Backblaze B2 Sync",
        syntax = "b2-sync:name",
        category = {Category.CLOUD, Category.FILE},
        headersClass = B2SyncConstants.class)
public class B2SyncEndpoint extends EndpointWithSecrets {
    /** Listing is billed, so a consumer syncs once a minute, not twice a second as is Camel's default. */
    private static final long DEFAULT_DELAY = 60_000;

    @UriParam
    private B2SyncConfiguration configuration;

    @UriParam(
            label = "consumer,scheduler",
            defaultValue = "" + DEFAULT_DELAY,
            javaType = "java.time.Duration",
            description =
                    "The time between the end of a run and the next one. Each run lists the bucket, which is billed.")
    private long delay = DEFAULT_DELAY;

    private final RegexOptions regexes;
    private final OtherHeaders otherHeaders = new OtherHeaders();
    private volatile SyncProgress lastProgress = SyncProgress.NONE;
    private volatile @Nullable CostModel prices;

    B2SyncEndpoint(String maskedUri, Component component, B2SyncConfiguration configuration, RegexOptions regexes) {
        super(maskedUri, component);
        this.configuration = configuration;
        this.regexes = regexes;
        super.setDelay(DEFAULT_DELAY);
    }

    @Override
    public Producer createProducer() {
        requireUsable();
        return new B2SyncProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        requireUsable();
        if (options().mode() != SyncOptions.Mode.RUN) {
            throw new IllegalArgumentException("Option mode=" + configuration.getMode()
                    + " cannot be for a consumer: from(\"b2-sync:...\") runs one sync per delay; take it away");
        }
        B2SyncConsumer consumer = new B2SyncConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    OtherHeaders otherHeaders() {
        return otherHeaders;
    }

    /** The options as values. */
    public SyncOptions options() {
        return new SyncOptions(configuration, regexes, prices());
    }

    private CostModel prices() {
        CostModel known = prices;
        if (known == null) {
            known = Prices.of(configuration.getPrices(), getCamelContext());
            prices = known;
        }
        return known;
    }

    @Override
    public B2SyncComponent getComponent() {
        return (B2SyncComponent) super.getComponent();
    }

    /** What signs and checks path plans: by the option, else by a key that only this context knows. */
    public PlanSigner signer() {
        String key = configuration.getPlanKey();
        return key == null ? getComponent().signer() : PlanSigner.of(key);
    }

    /** Keeps the figures of a run for JMX. */
    public void publish(SyncProgress progress) {
        lastProgress = progress;
    }

    /** The figures of the run under way, or of the last one. */
    public SyncProgress progress() {
        return getComponent()
                .runs()
                .find(configuration.getName())
                .map(SyncSession::progress)
                .orElse(lastProgress);
    }

    @ManagedAttribute(description = "How far the run is: IDLE, SCANNING, TRANSFERRING, REMOVING or ENDED")
    public String getPhase() {
        return progress().phase().name();
    }

    @ManagedAttribute(description = "Files of the source that were looked at")
    public long getComparedFiles() {
        return progress().compared();
    }

    @ManagedAttribute(description = "Actions that were done")
    public long getDoneActions() {
        return progress().done();
    }

    @ManagedAttribute(description = "Failures so far")
    public long getFailures() {
        return progress().failed();
    }

    @ManagedAttribute(
            description = "How many path plans are carried out at once now, or how many workers elsewhere ended one")
    public int getWorkers() {
        return progress().workers();
    }

    @ManagedAttribute(description = "What each worker elsewhere has done in the run under way; empty where it has none")
    public String getPerWorker() {
        return getComponent()
                .runs()
                .find(configuration.getName())
                .map(session ->
                        session.workers().stream().map(WorkerFigures::toString).collect(Collectors.joining("\n")))
                .orElse("");
    }

    @ManagedAttribute(description = "Bytes that moved")
    public long getMovedBytes() {
        return progress().bytesMoved();
    }

    @ManagedAttribute(description = "Bytes found so far that have to move")
    public long getPlannedBytes() {
        return progress().bytesPlanned();
    }

    @ManagedAttribute(description = "Bytes per second since the start")
    public long getBytesPerSecond() {
        return progress().bytesPerSecond();
    }

    @ManagedAttribute(description = "Seconds that the rest takes at the speed so far; -1 while nobody can know")
    public long getSecondsLeft() {
        return progress().timeLeft().map(Duration::toSeconds).orElse(-1L);
    }

    /** What the last run of this name withheld. */
    public List<Withheld> withheld() {
        return getComponent().withheld().of(configuration.getName());
    }

    @ManagedAttribute(description = "How many removals, counted by names, the last run withheld")
    public long getWithheldRemovals() {
        return withheld().stream().mapToLong(Withheld::names).sum();
    }

    @ManagedAttribute(description = "Since when removals are withheld, in UTC; empty when none are")
    public String getWithheldSince() {
        return SyncHealthCheck.since(withheld());
    }

    @ManagedAttribute(description = "Why removals are withheld; empty when none are")
    public String getWithheldReason() {
        return withheld().stream().map(Withheld::reason).findFirst().orElse("");
    }

    @ManagedOperation(description = "Stops the scans of the run under way; actions under way go on to their end")
    public void stopRun() {
        getComponent().runs().find(configuration.getName()).ifPresent(SyncSession::stop);
    }

    public B2SyncConfiguration getConfiguration() {
        return configuration;
    }

    /** The options of this endpoint. */
    public void setConfiguration(B2SyncConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public long getDelay() {
        return delay;
    }

    @Override
    public void setDelay(long delay) {
        super.setDelay(delay);
        this.delay = delay;
    }
}
