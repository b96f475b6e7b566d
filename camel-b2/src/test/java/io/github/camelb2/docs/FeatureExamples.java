// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.docs;

import org.apache.camel.builder.RouteBuilder;

import io.github.camelb2.B2Constants;

/** The examples of features that belong to several operations; {@link FeatureExamplesTest} runs them. */
class FeatureExamples extends RouteBuilder {
    // spotless:off
    @Override
    public void configure() {
        // tag::restore
        from("direct:java-restore")
            // What the name stood for three days ago becomes its newest version, inside B2.
            .setHeader(B2Constants.DESTINATION_FILE_NAME, constant("docs/hello.txt"))
            .to("b2:{{bucket}}?operation=copyFile&fileName=docs/hello.txt&asOf=-3d");
        // end::restore

        // tag::past
        from("direct:java-past")
            .to("b2:{{bucket}}?operation=listFileNames&prefix=docs/&asOf=-3d&limit=100")
            .split(body()).streaming()
            .log("${body.fileName} was ${body.fileId}");
        // end::past

        // tag::bandwidth
        from("direct:java-bandwidth")
            .to("b2:{{bucket}}?fileName=big.bin&maxBytesPerSecond=Europe/Berlin 08:00,2MB 18:00,20MB 23:00,off");
        // end::bandwidth
    }
    // spotless:on
}
