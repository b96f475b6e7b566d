// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.util.ServiceLoader;

/**
 * What endpoints are given to make producers and consumers with.
 *
 * <p>Operations and consumers know the endpoint and its options, so the endpoint must not know them in turn: they are
 * found as services.
 *
 * @param operations runs what producers are asked for
 * @param streams makes the producers of streaming uploads
 * @param readers makes consumers
 */
record EndpointParts(ProducerOperations operations, StreamProducers streams, BucketReaders.Factory readers) {
    /**
     * Those of this jar.
     *
     * @throws IllegalStateException if the jar was packed anew without its {@code META-INF/services}
     */
    static EndpointParts find() {
        return new EndpointParts(
                find(ProducerOperations.class), find(StreamProducers.class), find(BucketReaders.Factory.class));
    }

    private static <T> T find(Class<T> service) {
        // The loader of this class: a thread's own loader need not see this jar.
        return ServiceLoader.load(service, EndpointParts.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("META-INF/services/" + service.getName()
                        + " is missing: when several jars are packed into one, merge these files"));
    }
}
