// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.support.LifecycleStrategySupport;

import io.github.camelb2.ConfigurationCheck;
import io.github.camelb2.MisspeltSecrets;
import io.github.camelb2.RouteSecrets;
import io.github.camelb2.SecretOptions;
import io.github.camelb2.sync.distributed.Epochs;
import io.github.camelb2.sync.distributed.MemoryEpochs;
import io.github.camelb2.sync.launch.ForeignPlans;
import io.github.camelb2.sync.launch.RunHistory;
import io.github.camelb2.sync.launch.SyncRuns;
import io.github.camelb2.sync.observe.SyncSecretsPlugin;
import io.github.camelb2.sync.option.DecodedPaths;
import io.github.camelb2.sync.option.RegexOptions;
import io.github.camelb2.sync.report.WithheldMemory;
import io.github.camelb2.sync.wire.PlanSigner;

/** Makes the {@code b2-sync:} endpoints of a context and knows the runs that are under way. */
@Component("b2-sync")
public class B2SyncComponent extends HealthCheckComponent {
    private final SecretOptions secrets = secretOptions();

    private final MisspeltSecrets misspelt = new MisspeltSecrets("b2-sync", secrets, this::getCamelContext);

    @Metadata
    private B2SyncConfiguration configuration = new B2SyncConfiguration();

    private final SyncRuns runs = new SyncRuns();
    private final WithheldMemory withheld = new WithheldMemory();
    private final RunHistory history = new RunHistory(InstantSource.system());

    private final ForeignPlans foreignPlans = new ForeignPlans();

    private final MemoryEpochs epochs = Epochs.inMemory(InstantSource.system());

    /** For plans that stay in this context. */
    private final PlanSigner signer = new PlanSigner(randomKey());

    private static byte[] randomKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return key;
    }

    PlanSigner signer() {
        return signer;
    }

    /** The secret options of {@code b2-sync:} endpoints. */
    public static SecretOptions secretOptions() {
        return new SecretOptions(
                        "sourceCustomerKey",
                        "destinationCustomerKey",
                        "planKey",
                        "sourceApplicationKey",
                        "destinationApplicationKey")
                .andAddresses(
                        "sourceRealm",
                        "destinationRealm",
                        "source",
                        "destination",
                        "backupDir",
                        "reportTo",
                        "actionEndpoint",
                        "resultEndpoint",
                        "deadLetterEndpoint");
    }

    /** Camel shows the options of a component as soon as it has set them: by then it must know which are secret. */
    @Override
    public void setCamelContext(CamelContext context) {
        super.setCamelContext(context);
        secrets.hideIn(context);
        misspelt.watchMembers(B2SyncConfiguration.class, new B2SyncConfigurationConfigurer());
        RouteSecrets.of(context).hide(SyncSecretsPlugin.URIS, secrets);
    }

    @Override
    public PropertyConfigurer getComponentPropertyConfigurer() {
        return misspelt.watch(super.getComponentPropertyConfigurer());
    }

    @Override
    protected void doStart() throws Exception {
        misspelt.refuseThoseOf(this, configuration);
        super.doStart();
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        RouteSecrets.of(getCamelContext()).reveal(parameters, secrets);
        B2SyncConfiguration own = configuration.copy();
        own.setName(remaining);
        RegexOptions regexes = RegexOptions.takeLists(parameters);
        B2SyncEndpoint endpoint = new B2SyncEndpoint(
                misspelt.mask(uri, parameters.keySet(), getEndpointPropertyConfigurer()), this, own, regexes);
        misspelt.configure(endpoint, uri, parameters, () -> {
            ConfigurationCheck.checkTexts(parameters, getEndpointPropertyConfigurer());
            setProperties(endpoint, parameters);
            DecodedPaths.check("source", own.getSource(), uri);
            DecodedPaths.check("destination", own.getDestination(), uri);
            DecodedPaths.check("backupDir", own.getBackupDir(), uri);
            endpoint.options().check();
        });
        endpoint.identify(
                secrets.fingerprint(
                        own.getSourceCustomerKey(),
                        own.getDestinationCustomerKey(),
                        own.getPlanKey(),
                        own.getSourceApplicationKey(),
                        own.getDestinationApplicationKey(),
                        own.getSourceRealm(),
                        own.getDestinationRealm(),
                        own.getSource(),
                        own.getDestination(),
                        own.getBackupDir(),
                        own.getReportTo(),
                        own.getActionEndpoint(),
                        own.getResultEndpoint(),
                        own.getDeadLetterEndpoint()),
                secrets.hasOwnIn(uri));
        return endpoint;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        // Camel waits for exchanges under way before it stops anything: a scan has to learn of it earlier.
        getCamelContext().addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopping(CamelContext context) {
                runs.stopAll();
            }
        });
    }

    /** The epochs of syncs that are coordinated from here alone. */
    public MemoryEpochs epochs() {
        return epochs;
    }

    /** What runs that are planned elsewhere have removed here. */
    public ForeignPlans foreignPlans() {
        return foreignPlans;
    }

    /** What became of the last runs. */
    public RunHistory history() {
        return history;
    }

    /** What the last runs withheld. */
    public WithheldMemory withheld() {
        return withheld;
    }

    /** The runs that are under way. */
    public SyncRuns runs() {
        return runs;
    }

    public B2SyncConfiguration getConfiguration() {
        return configuration;
    }

    /** The options that all endpoints start from; an endpoint's own options go before them. */
    public void setConfiguration(B2SyncConfiguration configuration) {
        this.configuration = configuration;
    }
}
