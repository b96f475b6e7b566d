// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.docs;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.DataType;

import io.github.camelb2.B2Constants;

/** The routes that the consumer's page shows; they run in {@link ConsumerExamplesTest}. */
class ConsumerExamples extends RouteBuilder {
    @Override
    public void configure() {
        // tag::first
        from("b2:{{bucket}}?prefix=first/").to("file:{{inbox}}");
        // end::first

        // tag::durable
        from("b2:{{bucket}}?prefix=durable/&idempotentRepository=#consumed")
                .log("${header.CamelFileName}: ${header.CamelFileLength} bytes")
                .to("mock:durable");
        // end::durable

        // tag::drain
        from("b2:{{bucket}}?prefix=drain/&deleteAfterRead=true&greedy=true").to("file:{{inbox}}");
        // end::drain

        // tag::move
        from("b2:{{bucket}}?prefix=in/&removePrefixOnMove=true"
                        + "&moveAfterRead=true&destinationBucketPrefix=done/&moveFailed=failed/")
                .to("mock:move");
        // end::move

        // tag::changes
        from("b2:{{bucket}}?prefix=changes/&includeVersions=all&includeHidden=true&startFrom=now")
                .choice()
                .when(header(B2Constants.ACTION).isEqualTo("hide"))
                .log("${header.CamelB2FileName} was hidden")
                .otherwise()
                .to("mock:changes");
        // end::changes

        // tag::firstName
        from("b2:{{bucket}}?prefix=logs/&startFromFileName=logs/2026-11").to("mock:firstName");
        // end::firstName

        // tag::huge
        from("b2:{{bucket}}?prefix=museum/&idempotentRepository=#consumed&checkpoint=#consumed")
                .to("mock:huge");
        // end::huge

        // tag::order
        from("b2:{{bucket}}?prefix=bookings/&order=uploadTime&greedy=true").to("mock:order");
        // end::order

        // tag::workers
        from("b2:{{bucket}}?prefix=workers/&ignoreBody=true&idempotentRepository=#consumed")
                .to("seda:work?size=1000&blockWhenFull=true");

        from("seda:work?concurrentConsumers=4")
                .to("b2:{{bucket}}?operation=downloadFile")
                .to("mock:workers");
        // end::workers

        // tag::lines
        from("b2:{{bucket}}?prefix=lines/&antInclude=**/*.csv")
                .split(body().tokenize("\n"))
                .streaming()
                .to("mock:lines");
        // end::lines

        // tag::events
        from("b2:{{bucket}}?prefix=events/")
                .transformDataType(new DataType("b2:application-cloudevents"))
                .to("mock:events");
        // end::events

        // tag::enrich
        from("direct:enrich")
                .pollEnrich()
                .simple("b2:{{bucket}}?fileName=prices/${header.day}.csv")
                .timeout(0)
                .to("mock:enrich");
        // end::enrich
    }
}
