// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.api.Address;
import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.lending.B2Account;
import io.github.camelb2.lending.B2ClientLease;
import io.github.camelb2.lending.B2Clients;
import io.github.camelb2.lending.ClientAccount;
import io.github.camelb2.lending.ClientNeeds;

/** Makes the {@code b2:} endpoints of a context and owns what they share. */
@Component("b2")
public class B2Component extends HealthCheckComponent {
    private static final Logger LOG = LoggerFactory.getLogger(B2Component.class);

    private final SecretOptions secrets = secretOptions();

    private final MisspeltSecrets misspelt = new MisspeltSecrets("b2", secrets, this::getCamelContext);

    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    @Metadata
    private B2Configuration configuration = new B2Configuration();

    private @Nullable B2Clients clients;

    private @Nullable EndpointParts parts;

    /**
     * Borrows the client that endpoints with these options share; making it asks B2 for nothing yet.
     *
     * @throws IllegalArgumentException if the options name no application key
     */
    public B2ClientLease borrowClient(B2Configuration options) {
        B2Client own = options.getB2Client();
        // Camel puts the only client of the registry into every component, also where another account is configured.
        if (own != null && (options.isClientNamed() || !KeySource.isNamedIn(options))) {
            if (options.getMaxBytesPerSecond() != null) {
                throw new IllegalArgumentException("Option maxBytesPerSecond=" + options.getMaxBytesPerSecond()
                        + " cannot be: b2Client is a client with a limit of its own; set it there, with"
                        + " client.bandwidth().limit(...), or take one of them away");
            }
            return B2ClientLease.ofOwned(own);
        }
        KeySource.Login login = KeySource.resolve(withKeyOfNow(options), clients()::remembering, getCamelContext());
        ClientAccount account = new ClientAccount(
                login.credentials(),
                login.realm(),
                options.getAccountInfoRepository(),
                withoutSlash(options.getDownloadUrl()),
                options.getDownloadAuthorization(),
                options.getHttpComponent(),
                BandwidthOption.parse(options.getMaxBytesPerSecond()));
        return clients()
                .borrow(
                        account,
                        new ClientNeeds(
                                ConfigurationCheck.concurrency(options.getMaxConcurrency())
                                        .first(),
                                options.getMaxConnections(),
                                Duration.ofMillis(options.getClientLinger())));
    }

    /**
     * The key that an endpoint with these options uses now: its own, which may be what a property or a bean is by now, or the
     * one that the component has by now.
     */
    public @Nullable Credentials keyOfNow(B2Configuration options) {
        Credentials known = (options.isKeyInherited() ? configuration : options).key();
        ReferredKey referred = options.referredKey();
        return known == null || referred == null ? known : referred.now(known);
    }

    private B2Configuration withKeyOfNow(B2Configuration options) {
        Credentials key = keyOfNow(options);
        if (Objects.equals(options.key(), key)) {
            return options;
        }
        B2Configuration now = options.copy();
        now.setApplicationKeyId(key == null ? null : key.applicationKeyId());
        now.setApplicationKey(key == null ? null : key.applicationKey());
        return now;
    }

    private static @Nullable String withoutSlash(@Nullable String url) {
        return url == null ? null : Address.withoutSlashes(url);
    }

    @Override
    protected void doStart() throws Exception {
        misspelt.refuseThoseOf(this, configuration);
        super.doStart();
        clients().open();
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        clients().closeAll();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        BodyConverters.addTo(getCamelContext().getTypeConverterRegistry());
        // Also where the file that has Camel do it was lost when jars were packed into one.
        parts().operations().prepare(getCamelContext());
    }

    /** The logins that are in use now, without their secrets. */
    public List<B2Account> accounts() {
        return clients().accounts();
    }

    /** The clients that are open now. */
    synchronized B2Clients clients() {
        B2Clients open = clients;
        if (open == null) {
            open = B2Clients.of(getCamelContext(), BandwidthOption::parse);
            clients = open;
        }
        return open;
    }

    private synchronized EndpointParts parts() {
        EndpointParts known = parts;
        if (known == null) {
            known = EndpointParts.find();
            parts = known;
        }
        return known;
    }

    /** The secret options of {@code b2:} endpoints. */
    static SecretOptions secretOptions() {
        return new SecretOptions("applicationKey", "customerKey", "downloadAuthorization", "notificationSecret")
                .andAddresses("bucketName", "realm", "downloadUrl", "notificationUrl");
    }

    /** Camel shows the options of a component as soon as it has set them: by then it must know which are secret. */
    @Override
    public void setCamelContext(CamelContext context) {
        super.setCamelContext(context);
        secrets.hideIn(context);
        misspelt.watchMembers(B2Configuration.class, new B2ConfigurationConfigurer());
        RouteSecrets.of(context).hide(SecretsPlugin.URIS, secrets);
    }

    @Override
    public PropertyConfigurer getComponentPropertyConfigurer() {
        return misspelt.watch(super.getComponentPropertyConfigurer());
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        B2Configuration own = configuration.copy();
        own.referTo(ReferredKey.in(getCamelContext(), parameters));
        RouteSecrets.of(getCamelContext()).reveal(parameters, secrets);
        own.setBucketName(remaining);
        own.inheritKey();
        own.give(parameters.keySet());
        String shown = misspelt.mask(uri, parameters.keySet(), getEndpointPropertyConfigurer());
        warnOfSecrets(uri, shown);
        B2Endpoint endpoint = new B2Endpoint(shown, this, own, parts());
        own.setClientNamed(parameters.keySet().stream()
                .anyMatch(option -> option.replace("-", "").equalsIgnoreCase("b2Client")));
        misspelt.configure(endpoint, uri, parameters, () -> {
            ConfigurationCheck.checkTexts(parameters, getEndpointPropertyConfigurer());
            setProperties(endpoint, parameters);
            ConfigurationCheck.check(own);
        });
        endpoint.identify(
                secrets.fingerprint(
                        own.getApplicationKey(),
                        own.getCustomerKey(),
                        own.getDownloadAuthorization(),
                        own.getNotificationSecret(),
                        own.getRealm(),
                        own.getDownloadUrl(),
                        own.getNotificationUrl()),
                secrets.hasOwnIn(uri));
        return endpoint;
    }

    /** Once for each option: an endpoint may be made for every message. */
    private void warnOfSecrets(String uri, String shown) {
        for (String option : secrets.literalsIn(uri)) {
            if (!warned.add(option)) {
                continue;
            }
            LOG.warn(
                    "The URI of endpoint {} holds the secret {}: JMX and route labels of Camel may show it."
                            + " Set camel.component.b2.{} instead, or write {}=#property:name.of.a.property",
                    shown,
                    option,
                    option,
                    option);
        }
    }

    public B2Configuration getConfiguration() {
        return configuration;
    }

    /** The options that all endpoints start from; an endpoint's own options go before them. */
    public void setConfiguration(B2Configuration configuration) {
        this.configuration = configuration;
    }
}
