// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.PollingConsumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.BrowsableEndpoint;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;

import io.github.camelb2.client.Realm;

/**
 * Stores, reads, lists, copies and deletes files in Backblaze B2, manages buckets, keys and links, and consumes new
 * files.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "b2",
        title = "Backblaze B2",
        syntax = "b2:bucketName",
        category = {Category.CLOUD, Category.FILE},
        headersClass = B2Constants.class)
public class B2Endpoint extends EndpointWithSecrets implements EndpointServiceLocation, BrowsableEndpoint {
    /** Listing is billed, so a consumer asks once a minute, not twice a second as is Camel's default. */
    private static final long DEFAULT_DELAY = 60_000;

    private static final int DEFAULT_BROWSE_LIMIT = 100;

    @UriParam
    private B2Configuration configuration;

    @UriParam(
            label = "consumer,scheduler",
            defaultValue = "" + DEFAULT_DELAY,
            javaType = "java.time.Duration",
            description = "The time between two polls. Each poll is at least one billed listing.")
    private long delay = DEFAULT_DELAY;

    @UriParam(
            label = "advanced",
            defaultValue = "" + DEFAULT_BROWSE_LIMIT,
            description = "The most files that browsing the endpoint lists.")
    private int browseLimit = DEFAULT_BROWSE_LIMIT;

    private final ProducerOperations operations;
    private final StreamProducers streams;
    private final BucketReaders readers;

    B2Endpoint(String maskedUri, B2Component component, B2Configuration configuration, EndpointParts parts) {
        super(maskedUri, component);
        this.configuration = configuration;
        this.operations = parts.operations();
        this.streams = parts.streams();
        this.readers = parts.readers().of(this, InstantSource.system());
        super.setDelay(DEFAULT_DELAY);
    }

    @Override
    public Producer createProducer() {
        requireUsable();
        operations.check(configuration);
        return configuration.isStreamingUploadMode()
                ? streams.of(this, InstantSource.system())
                : new B2Producer(this, operations);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        requireUsable();
        Consumer consumer = readers.consumer(processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public PollingConsumer createPollingConsumer() throws Exception {
        requireUsable();
        PollingConsumer consumer = readers.pollingConsumer();
        configurePollingConsumer(consumer);
        return consumer;
    }

    /** The newest files that a consumer would find, consumed or not, oldest names first; at most {@code browseLimit}. */
    @Override
    public List<Exchange> getExchanges() {
        requireUsable();
        return readers.browse(browseLimit);
    }

    @Override
    public int getBrowseLimit() {
        return browseLimit;
    }

    @Override
    public void setBrowseLimit(int browseLimit) {
        this.browseLimit = browseLimit;
    }

    @Override
    public B2Component getComponent() {
        return (B2Component) super.getComponent();
    }

    public B2Configuration getConfiguration() {
        return configuration;
    }

    /** The options of this endpoint. */
    public void setConfiguration(B2Configuration configuration) {
        this.configuration = configuration;
    }

    @Override
    public long getDelay() {
        return delay;
    }

    @Override
    public void setDelay(long delay) {
        super.setDelay(delay);
        this.delay = delay;
    }

    @Override
    public String getServiceUrl() {
        return Realm.url(configuration.getRealm());
    }

    @Override
    public String getServiceProtocol() {
        return "b2";
    }

    @Override
    public Map<String, String> getServiceMetadata() {
        return Map.of("bucket", configuration.getBucketName());
    }
}
