// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.step;

import java.io.InputStream;
import java.util.Map;

import org.apache.camel.Exchange;

import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.header.RequestJson;
import io.github.camelb2.operation.request.NoRequest;

/** Takes the request of an operation from the body of a message. */
public final class RequestBinder {
    private RequestBinder() {}

    /**
     * The body, which must be a request of the operation, or a map or JSON that says one.
     *
     * @throws IllegalArgumentException if it is anything else; the message names the class that it must have
     */
    public static <R> R fromBody(Operation<R, ?> operation, Params params, Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (operation.requestType().isInstance(body)) {
            return operation.requestType().cast(body);
        }
        if (body instanceof Map || body instanceof InputStream || RequestJson.isObject(body)) {
            return RequestJson.read(body, operation.requestType(), "the body of " + params.operation());
        }
        if (operation.requestType() == NoRequest.class) {
            throw new IllegalArgumentException(
                    params.operation() + " has no request record: set pojoRequest=false for it");
        }
        throw new IllegalArgumentException(params.operation() + " with pojoRequest=true needs a body of "
                + operation.requestType().getName() + ", not "
                + (body == null ? "an empty one" : "of " + body.getClass().getName())
                + ": set that record, or a map or JSON with its members, as the body, or pojoRequest=false");
    }
}
