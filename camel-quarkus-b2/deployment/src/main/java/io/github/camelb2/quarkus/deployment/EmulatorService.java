// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.quarkus.deployment;

import java.util.List;

import io.quarkus.deployment.builditem.Startable;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.B2Emulator;

/** An emulator in this JVM, on the loopback address, with files in a temporary directory until it is closed. */
final class EmulatorService implements Startable {
    private static final Logger LOG = Logger.getLogger(EmulatorService.class);

    private final int port;
    private final List<String> buckets;
    private @Nullable B2Emulator emulator;

    /**
     * @param port to listen on; 0 for any free one
     * @param buckets created at the start
     */
    EmulatorService(int port, List<String> buckets) {
        this.port = port;
        this.buckets = buckets;
    }

    @Override
    public void start() {
        B2Emulator started = B2Emulator.builder().port(port).start();
        emulator = started;
        buckets.forEach(started.state()::createBucket);
        LOG.infof("Dev Services for Backblaze B2 started: an emulator at %s", started.url());
    }

    @Override
    public String getConnectionInfo() {
        return running().url();
    }

    String applicationKeyId() {
        return running().applicationKeyId();
    }

    String applicationKey() {
        return running().applicationKey();
    }

    private B2Emulator running() {
        if (emulator == null) {
            throw new IllegalStateException("The emulator is not running");
        }
        return emulator;
    }

    /** There is none. */
    @Override
    @SuppressWarnings("NullAway") // Quarkus shows the service without a container then.
    public @Nullable String getContainerId() {
        return null;
    }

    @Override
    public void close() {
        if (emulator != null) {
            emulator.close();
            emulator = null;
        }
    }
}
