/**
 * Carries path plans out: bounded workers, actions in order, every delete checked, no file half written.
 *
 * <p>{@link io.github.camelb2.sync.execute.SyncSession} is one run from scan to report;
 * {@link io.github.camelb2.sync.execute.PathPlanExecutor} does one plan; the two sides are
 * {@link io.github.camelb2.sync.execute.LocalSide} and {@link io.github.camelb2.sync.execute.BucketSide}.
 */
@NullMarked
package io.github.camelb2.sync.execute;

import org.jspecify.annotations.NullMarked;
