// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.launch;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.sync.B2SyncEndpoint;
import io.github.camelb2.sync.action.Location;
import io.github.camelb2.sync.action.Mandate;
import io.github.camelb2.sync.distributed.MachinePaths;
import io.github.camelb2.sync.distributed.RunToken;
import io.github.camelb2.sync.distributed.SyncWorker;
import io.github.camelb2.sync.option.DistributedOptions;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.report.PlanResult;
import io.github.camelb2.sync.run.SyncEngine;
import io.github.camelb2.sync.run.SyncJob;
import io.github.camelb2.sync.run.look.SourceLook;

/** A worker by the options of an endpoint. Thread-safe. */
final class WorkerSite implements SyncWorker.Site {
    private final B2SyncEndpoint endpoint;
    private final SyncJob job;
    private final Function<ClientListener, SyncEngine> engine;
    private final ForeignPlans foreignPlans;
    private final SourceLook look;
    private final String options;
    private final Places places;
    private final MachinePaths paths;

    /**
     * @param job    what its options come to
     * @param engine makes one whose calls are heard by that listener
     */
    WorkerSite(
            B2SyncEndpoint endpoint,
            SyncJob job,
            Function<ClientListener, SyncEngine> engine,
            ForeignPlans foreignPlans,
            SourceLook look,
            SyncClients clients,
            InstantSource clock) {
        this.endpoint = endpoint;
        this.job = job;
        this.engine = engine;
        this.foreignPlans = foreignPlans;
        this.look = look;
        DistributedOptions distributed = endpoint.options().distributed();
        this.options = distributed.digest(job);
        this.places = new Places(clients, distributed, job, clock);
        this.paths = new MachinePaths(directories());
    }

    private List<Path> directories() {
        List<Path> all = new ArrayList<>();
        for (Location side : List.of(job.source(), job.destination())) {
            if (side instanceof Location.Directory directory) {
                all.add(directory.path());
            }
        }
        job.transfers().backup().ifPresent(place -> all.add(place.directory()));
        return all;
    }

    @Override
    public String sync() {
        return job.name();
    }

    @Override
    public String options() {
        return options;
    }

    @Override
    public boolean isHere(String roots) {
        return places.areHere(roots);
    }

    @Override
    public long serviceMillis() {
        return places.serviceMillis();
    }

    @Override
    public long serviceMillisNow() {
        return places.serviceMillisNow();
    }

    @Override
    public Optional<String> otherTree(String runId) {
        for (Location side : List.of(job.source(), job.destination())) {
            if (side instanceof Location.Directory directory
                    && !RunToken.isIn(directory.path(), endpoint.signer(), runId)) {
                return Optional.of("its directory is not the one that the coordinator sees: the file of run " + runId
                        + " is not there");
            }
        }
        return Optional.empty();
    }

    @Override
    public String worded(String text) {
        return paths.without(text);
    }

    @Override
    public void admit(PathPlan plan, long destinationNames) {
        foreignPlans.admit(plan, job.policy(), destinationNames);
    }

    @Override
    public PlanResult carryOut(PathPlan plan, Mandate mandate, Consumer<String> largeFiles) {
        String prefix = job.destination() instanceof Location.Bucket bucket ? bucket.prefix() : "";
        String name = prefix + plan.path();
        ClientListener listener = new ClientListener() {
            @Override
            public void onLargeFile(String fileName, String fileId) {
                // Others are of backups, which lie elsewhere.
                if (fileName.equals(name)) {
                    largeFiles.accept(fileId);
                }
            }
        };
        return engine.apply(listener).carryOut(job, plan, look, mandate);
    }
}
