// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.docs;

import org.apache.camel.builder.RouteBuilder;

/** The routes with event notifications, which need an HTTP server. */
class NotificationExamples extends RouteBuilder {
    @Override
    public void configure() {
        // tag::notified
        from("b2:{{bucket}}?prefix=notified/&delay=1h&notifications=true"
                        + "&notificationUrl={{hooks}}/b2/invoices&notificationSecret={{b2.notificationSecret}}")
                .to("mock:notified");
        // end::notified
        // tag::happened
        from("b2:{{bucket}}?prefix=orders/&deliver=event&eventTypes=all&idempotentRepository=#consumed"
                        + "&notificationUrl={{hooks}}/b2/orders&notificationSecret={{b2.notificationSecret}}")
                .log("${header.CamelB2EventType}: ${header.CamelB2FileName}")
                .to("mock:happened");
        // end::happened
    }
}
