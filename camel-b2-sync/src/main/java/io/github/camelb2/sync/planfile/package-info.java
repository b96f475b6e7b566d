// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Plans as files that people review and sign off: written by one run, carried out by another.
 *
 * <p>{@link io.github.camelb2.sync.planfile.PlanFileWriter} writes one, {@link io.github.camelb2.sync.planfile.PlanFile} is
 * one whose every line was checked, {@link io.github.camelb2.sync.planfile.PlanHeader} tells what it was made for.
 */
@NullMarked
package io.github.camelb2.sync.planfile;

import org.jspecify.annotations.NullMarked;
