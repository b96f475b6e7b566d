// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.quarkus.deployment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import io.quarkus.deployment.IsDevServicesSupportedByLaunchMode;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.DevServicesResultBuildItem;
import io.quarkus.deployment.dev.devservices.DevServicesConfig;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/** Has an emulator started in dev and test mode, and never in production, for the components whose account is not configured. */
@BuildSteps(
        onlyIf = {
            IsDevServicesSupportedByLaunchMode.class,
            DevServicesConfig.Enabled.class,
            B2DevServicesProcessor.Enabled.class
        })
class B2DevServicesProcessor {
    private static final Logger LOG = Logger.getLogger(B2DevServicesProcessor.class);

    /** What decides whether the emulator of the build before this one serves this one too. */
    private record Settings(int port, List<String> buckets) {}

    static final class Enabled implements BooleanSupplier {
        private final B2DevServicesConfig config;

        Enabled(B2DevServicesConfig config) {
            this.config = config;
        }

        @Override
        public boolean getAsBoolean() {
            return config.enabled();
        }
    }

    @BuildStep
    void emulator(B2DevServicesConfig config, BuildProducer<DevServicesResultBuildItem> services) {
        Map<String, Function<EmulatorService, String>> properties = new HashMap<>();
        ConfiguredAccounts accounts = new ConfiguredAccounts(ConfigProvider.getConfig());
        for (String component : config.components()) {
            Optional<String> account = accounts.of(component);
            if (account.isPresent()) {
                LOG.debugf("No emulator for the component %s: %s is set", component, account.get());
                continue;
            }
            String prefix = "camel.component." + component + ".";
            properties.put(prefix + "realm", EmulatorService::getConnectionInfo);
            properties.put(prefix + "application-key-id", EmulatorService::applicationKeyId);
            properties.put(prefix + "application-key", EmulatorService::applicationKey);
        }
        if (properties.isEmpty()) {
            return;
        }
        Settings settings =
                new Settings(config.port().orElse(0), config.buckets().orElse(List.of()));
        services.produce(DevServicesResultBuildItem.owned()
                .feature(B2Processor.FEATURE)
                .description("Backblaze B2 (emulator)")
                .serviceConfig(settings)
                .startable(() -> new EmulatorService(settings.port(), settings.buckets()))
                .configProvider(properties)
                .build());
    }
}
