// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.docs;

import org.apache.camel.builder.RouteBuilder;

/** The route with event notifications, which needs an HTTP server. */
class NotificationExamples extends RouteBuilder {
    @Override
    public void configure() {
        // tag::notified
        from("b2:{{bucket}}?prefix=notified/&delay=1h&notifications=true"
                        + "&notificationUrl={{hooks}}/b2/invoices&notificationSecret={{b2.notificationSecret}}")
                .to("mock:notified");
        // end::notified
    }
}
