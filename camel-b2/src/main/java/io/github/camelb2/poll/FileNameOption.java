// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Endpoint;
import io.github.camelb2.poll.scan.Refused;

/** The option {@code fileName} of a consumer: the one name that it consumes, or an expression for it. Thread-safe. */
final class FileNameOption {
    private final B2Endpoint endpoint;
    private volatile @Nullable Expression expression;

    FileNameOption(B2Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    boolean isSet() {
        return endpoint.getConfiguration().getFileName() != null;
    }

    /**
     * The name.
     *
     * @param exchange what an expression is evaluated on; null for an empty message
     * @throws IllegalArgumentException if the expression gives nothing
     */
    String evaluate(@Nullable Exchange exchange) {
        String text = String.valueOf(endpoint.getConfiguration().getFileName());
        if (!text.contains("${")) {
            return text;
        }
        String name = expression(text).evaluate(exchange == null ? endpoint.createExchange() : exchange, String.class);
        if (name == null || name.isBlank()) {
            throw Refused.option(
                    "fileName", text, "it gives nothing for this message; set what it refers to, or write a name");
        }
        return name;
    }

    private Expression expression(String text) {
        Expression known = expression;
        if (known == null) {
            known = endpoint.getCamelContext().resolveLanguage("simple").createExpression(text);
            known.init(endpoint.getCamelContext());
            expression = known;
        }
        return known;
    }
}
