// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.quarkus.deployment;

import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.ApplicationArchivesBuildItem;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import org.apache.camel.quarkus.core.deployment.spi.CamelServiceBuildItem;
import org.apache.camel.quarkus.core.deployment.spi.CamelServiceDestination;
import org.apache.camel.quarkus.core.deployment.spi.CamelServicePatternBuildItem;
import org.apache.camel.quarkus.core.deployment.util.CamelSupport;
import org.apache.camel.quarkus.core.deployment.util.PathFilter;

/** Makes known to Camel Quarkus what it does not find by itself in the jars of both components. */
class B2Processor {
    /** In the list of installed features, as those of Camel's own components. */
    static final String FEATURE = "camel-b2";

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem(FEATURE);
    }

    /** {@code poll} and {@code pollEnrich} with a part of the URI that each message decides: no pattern of Camel Quarkus. */
    @BuildStep
    CamelServicePatternBuildItem pollDynamic() {
        return new CamelServicePatternBuildItem(
                CamelServiceDestination.DISCOVERY, true, "META-INF/services/org/apache/camel/poll-dynamic/b2");
    }

    /** Left out by Camel Quarkus, with all that is named so, unless its own extension for CloudEvents is there; ours needs none. */
    @BuildStep
    void cloudEvents(ApplicationArchivesBuildItem archives, BuildProducer<CamelServiceBuildItem> services) {
        PathFilter ours = new PathFilter.Builder()
                .include("META-INF/services/org/apache/camel/transformer/b2-application-cloudevents")
                .build();
        CamelSupport.services(archives, ours).forEach(services::produce);
    }
}
