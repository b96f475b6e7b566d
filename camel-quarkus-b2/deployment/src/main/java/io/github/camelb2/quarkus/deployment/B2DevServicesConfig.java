// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.quarkus.deployment;

import java.util.List;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Dev Services for Backblaze B2: an emulator of B2, in dev and test mode. */
@ConfigMapping(prefix = "quarkus.camel.b2.devservices")
@ConfigRoot(phase = ConfigPhase.BUILD_TIME)
interface B2DevServicesConfig {
    /** Whether an emulator of B2 is started for the components whose account is not configured. */
    @WithDefault("true")
    boolean enabled();

    /** The port on the loopback address that the emulator listens on; any free one if not set. */
    Optional<Integer> port();

    /** The names of buckets that are created at its start. */
    Optional<List<String>> buckets();

    /** The names of the Camel components that get an account of the emulator, unless their account is configured. */
    @WithDefault("b2")
    List<String> components();
}
