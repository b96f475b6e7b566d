// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.camelb2.client.cost.Bill;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.SyncAction;

/** Does what another runner does, for those that do one thing in another way. */
public abstract class ForwardingRunner extends ActionRunner {
    private final ActionRunner real;

    protected ForwardingRunner(ActionRunner real) {
        this.real = real;
    }

    /** Whom it forwards to. */
    protected final ActionRunner real() {
        return real;
    }

    @Override
    public Result perform(PathPlan plan, SyncAction action) throws IOException {
        return real.perform(plan, action);
    }

    @Override
    public Optional<String> checkTransfer(PathPlan plan, SyncAction action) throws IOException {
        return real.checkTransfer(plan, action);
    }

    @Override
    public void checkShown(SyncAction action, LookFor whom) throws IOException {
        real.checkShown(action, whom);
    }

    @Override
    public void checkSource(PathPlan plan) throws IOException {
        real.checkSource(plan);
    }

    @Override
    public int checkDestination(PathPlan plan, String storedFileId) throws IOException {
        return real.checkDestination(plan, storedFileId);
    }

    @Override
    public void checkVersions(SyncAction action) throws IOException {
        real.checkVersions(action);
    }

    @Override
    public Set<String> checkVersions(List<SyncAction> actions) throws IOException {
        return real.checkVersions(actions);
    }

    @Override
    public ResumePoint findResumePoint(PathPlan plan) throws IOException {
        return real.findResumePoint(plan);
    }

    @Override
    public List<Hidden.Mistake> lookBelowMarkers(List<Hidden> hidden) {
        return real.lookBelowMarkers(hidden);
    }

    @Override
    public boolean seesSourceAtOnce() {
        return real.seesSourceAtOnce();
    }

    @Override
    public List<CameBack> cameBack(List<PathPlan> removed) {
        return real.cameBack(removed);
    }

    @Override
    public Bill expected(SyncAction action) throws IOException {
        return real.expected(action);
    }

    @Override
    public void lookBeforeRemoval(PathPlan plan) throws IOException {
        real.lookBeforeRemoval(plan);
    }

    @Override
    public void readBelowMarkers(List<Hidden> hidden) {
        real.readBelowMarkers(hidden);
    }

    @Override
    public void expectRemoval(PathPlan plan) {
        real.expectRemoval(plan);
    }

    @Override
    public void forgetRemoval(PathPlan plan) {
        real.forgetRemoval(plan);
    }
}
