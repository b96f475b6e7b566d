// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** Spans of steps and of the calls below them, where Camel's telemetry and OpenTelemetry are there. */
@NullMarked
package io.github.camelb2.tracing;

import org.jspecify.annotations.NullMarked;
