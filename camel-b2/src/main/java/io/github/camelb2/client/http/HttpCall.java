package io.github.camelb2.client.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.retry.Attempt;
import io.github.camelb2.client.retry.CallContext;

/**
 * One HTTP request. {@link #toString()} shows neither headers nor address, which hold secrets.
 *
 * @param context what it is for
 * @param url the whole address, percent-encoded; sent as it is
 * @param headers what is sent beside {@code Content-Length} and {@code User-Agent}; {@code Authorization} included
 * @param current the try that it belongs to: its number, timeout and listener
 */
public record HttpCall(CallContext context, String url, Map<String, String> headers, Attempt.Try current) {
    public HttpCall {
        headers = Map.copyOf(headers);
    }

    /** The address; one of B2's answers that is none is an answer that could not be understood. */
    URI address() {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            // The parser's message quotes the address, which may hold a token.
            throw new B2TransportException(
                    ErrorDetails.local(context.call(), context.subject(), "the service gave an address that is none"));
        }
    }

    @Override
    public String toString() {
        return "HttpCall[" + context.call() + " " + context.subject() + "]";
    }
}
