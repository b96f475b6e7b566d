// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.docs;

import org.apache.camel.builder.RouteBuilder;

/** The routes that the page on streaming uploads shows; they run in {@link StreamingExamplesTest}. */
class StreamingExamples extends RouteBuilder {
    @Override
    public void configure() {
        // tag::first
        from("direct:first")
                .to("b2:{{bucket}}?streamingUploadMode=true&fileName=logs/app.log&separator=\\n"
                        + "&batchMessageNumber=10000&batchSize=100MB&streamingUploadTimeout=5m"
                        + "&spoolDirectory={{spool}}/first");
        // end::first

        // tag::partitions
        from("direct:partitions")
                .to("b2:{{bucket}}?streamingUploadMode=true&namingStrategy=expression"
                        + "&fileName=orders/${header.country}/${date:now:yyyy-MM-dd}.json.gz"
                        + "&partitionBy=${header.country}&compression=gzip&separator=\\n"
                        + "&batchMessageNumber=10000&streamingUploadTimeout=10m&spoolDirectory={{spool}}/orders");
        // end::partitions

        // tag::told
        from("direct:events")
                .to("b2:{{bucket}}?streamingUploadMode=true&fileName=events.json&completedUri=direct:stored"
                        + "&batchMessageNumber=100&spoolDirectory={{spool}}/events");

        from("direct:stored")
                .log("${header.CamelB2ProducedFileName}: ${header.CamelB2StreamedMessages} messages")
                .to("mock:stored");
        // end::told

        // tag::queue
        from("{{queue}}")
                .to("b2:{{bucket}}?streamingUploadMode=true&fileName=queue.txt&namingStrategy=random&separator=\\n"
                        + "&batchMessageNumber=1000&streamingUploadTimeout=1m&spoolDirectory={{spool}}/queue");
        // end::queue

        // tag::file
        // {{orders}} is jms:queue:orders?asyncConsumer=true or kafka:orders?batching=true&maxPollRecords=500
        from("{{orders}}")
                .to("b2:{{bucket}}?streamingUploadMode=true&acknowledge=file&fileName=orders.txt&separator=\\n"
                        + "&batchMessageNumber=1000&streamingUploadTimeout=10s&spoolDirectory={{spool}}/file");
        // end::file
    }
}
