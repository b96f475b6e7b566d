// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.emulator.B2EmulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** A context whose b2 component logs in to an emulator with small parts: 1,000 bytes at least, 2,000 recommended. */
public abstract class B2TestSupport extends CamelTestSupport {
    @RegisterExtension
    protected static final B2EmulatorExtension B2 =
            new B2EmulatorExtension(settings -> settings.minPartSize(1_000).recommendedPartSize(2_000));

    protected static B2Emulator b2() {
        return B2.emulator();
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        configure(made.getComponent("b2", B2Component.class).getConfiguration());
        return made;
    }

    /** The options of the component. */
    protected void configure(B2Configuration options) {
        options.setRealm(b2().url());
        options.setApplicationKeyId(b2().applicationKeyId());
        options.setApplicationKey(b2().applicationKey());
        options.setInitialBackoff(1);
        options.setMaxBackoff(10);
    }

    protected B2Component component() {
        return context().getComponent("b2", B2Component.class);
    }

    /** Sends a message that must succeed. */
    protected Exchange send(String uri, Object body, Map<String, ?> headers) {
        Exchange exchange = trySending(uri, body, headers);
        assertThat(exchange.getException()).isNull();
        return exchange;
    }

    /** Sends a message that must fail, and answers its exception. */
    protected Exception fail(String uri, Object body, Map<String, ?> headers) {
        Exception failure = trySending(uri, body, headers).getException();
        assertThat(failure).as("what sending to " + uri + " throws").isNotNull();
        return failure;
    }

    protected Exchange trySending(String uri, Object body, Map<String, ?> headers) {
        return template().request(uri, exchange -> {
            exchange.getMessage().setBody(body);
            headers.forEach(exchange.getMessage()::setHeader);
        });
    }

    /** The headers of an operation. */
    protected static Map<String, Object> operation(B2Operations operation) {
        return Map.of(B2Constants.OPERATION, operation);
    }

    /** The headers of an operation on a file. */
    protected static Map<String, Object> operation(B2Operations operation, String fileName) {
        return Map.of(B2Constants.OPERATION, operation, B2Constants.FILE_NAME, fileName);
    }
}
