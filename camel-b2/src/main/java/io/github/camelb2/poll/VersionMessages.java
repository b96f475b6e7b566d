// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.time.Duration;

import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.B2Endpoint;
import io.github.camelb2.DownloadedFile;
import io.github.camelb2.RemoteContent;
import io.github.camelb2.RemoteFileBody;
import io.github.camelb2.body.BodyHold;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.operation.header.FileVersionHeaders;
import io.github.camelb2.operation.step.OperationScope;
import io.github.camelb2.poll.after.WorkFile;
import io.github.camelb2.poll.scan.Encryptions;
import io.github.camelb2.poll.scan.Refused;

/** Describes a file version in a message, and names the key that it is remembered by. Thread-safe; opens nothing. */
final class VersionMessages {
    private final B2Endpoint endpoint;
    private final B2Configuration options;
    private final OperationScope scope;
    private final Encryptions encryptions;
    private final @Nullable Expression idempotentKey;

    VersionMessages(B2Endpoint endpoint, OperationScope scope) {
        this.endpoint = endpoint;
        this.options = scope.options();
        this.scope = scope;
        this.encryptions = Encryptions.of(options);
        this.idempotentKey = options.getIdempotentKey() == null
                ? null
                : endpoint.getCamelContext().resolveLanguage("simple").createExpression(options.getIdempotentKey());
    }

    /**
     * The key that the version is remembered by when it was consumed: its id, or what {@code idempotentKey} makes of its
     * headers.
     *
     * @throws IllegalArgumentException if that expression gives nothing
     */
    String keyOf(FileVersion version) {
        if (idempotentKey == null) {
            return version.fileId();
        }
        Exchange exchange = endpoint.createExchange();
        FileVersionHeaders.writeConsumed(exchange.getMessage(), options.getBucketName(), version);
        String key = idempotentKey.evaluate(exchange, String.class);
        if (key == null || key.isBlank()) {
            throw Refused.option(
                    "idempotentKey",
                    String.valueOf(options.getIdempotentKey()),
                    "it gives nothing for file " + version.fileName()
                            + "; write an expression of headers that every file has, as ${header.CamelB2FileId}");
        }
        return key;
    }

    /**
     * The text with the values that Simple expressions in it have for the headers of that version.
     *
     * @throws IllegalArgumentException if it gives nothing
     */
    String evaluate(String text, FileVersion version) {
        if (!text.contains("${")) {
            return text;
        }
        Exchange exchange = endpoint.createExchange();
        FileVersionHeaders.writeConsumed(exchange.getMessage(), options.getBucketName(), version);
        String value = endpoint.getCamelContext()
                .resolveLanguage("simple")
                .createExpression(text)
                .evaluate(exchange, String.class);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("\"" + text + "\" gives nothing for file " + version.fileName()
                    + "; write an expression of its headers");
        }
        return value;
    }

    /** Writes headers, and the version as the body. */
    void describe(Exchange exchange, FileVersion version) {
        FileVersionHeaders.writeConsumed(exchange.getMessage(), options.getBucketName(), version);
        exchange.getMessage().setBody(version);
    }

    /** Writes headers and body; the content is asked for when the body is read. */
    void write(Exchange exchange, FileVersion version, @Nullable BodyHold hold, @Nullable WorkFile file) {
        FileVersionHeaders.writeConsumed(exchange.getMessage(), options.getBucketName(), version);
        exchange.getMessage()
                .setBody(file == null ? body(exchange, version, hold) : new DownloadedFile(file.path(), version, hold));
    }

    private @Nullable Object body(Exchange exchange, FileVersion version, @Nullable BodyHold hold) {
        if (options.isIgnoreBody()) {
            return null;
        }
        if (!options.isIncludeBody()) {
            return version;
        }
        return version.hasContent() ? new RemoteFileBody(content(exchange, version), hold).closedWith(exchange) : null;
    }

    private RemoteContent content(Exchange exchange, FileVersion version) {
        return new RemoteContent(
                scope.lease(),
                scope.accountInfo().accountId(),
                options.getBucketName(),
                version,
                null,
                encryptions.toRead(version),
                scope.transfers(),
                scope.of(exchange).settings(),
                Duration.ofMillis(options.getBodyIdleTimeout()));
    }
}
