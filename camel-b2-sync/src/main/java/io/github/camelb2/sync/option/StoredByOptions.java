// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.option;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.ExactValue;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.file.FileInfo;
import io.github.camelb2.client.model.protection.FileRetention;
import io.github.camelb2.client.model.protection.LegalHold;
import io.github.camelb2.client.model.protection.RetentionMode;
import io.github.camelb2.sync.B2SyncConfiguration;
import io.github.camelb2.sync.B2SyncConstants;
import io.github.camelb2.sync.action.StoredAs;

/**
 * What the options say is stored with each file. A value with <code>${</code> is a Simple expression that is evaluated
 * for each file, with the headers that a {@code file:} consumer sets, so that <code>${file:ext}</code> works; an empty
 * answer is as if the option were not set. Thread-safe.
 */
final class StoredByOptions implements StoredAs {
    private static final Map<String, RetentionMode> MODES =
            Map.of("governance", RetentionMode.GOVERNANCE, "compliance", RetentionMode.COMPLIANCE);
    private static final Map<String, LegalHold> HOLDS = Map.of("on", LegalHold.ON, "off", LegalHold.OFF);

    private final CamelContext context;
    private final InstantSource clock;
    private final B2SyncConfiguration options;
    private final Map<String, Expression> expressions = new LinkedHashMap<>();

    StoredByOptions(CamelContext context, B2SyncConfiguration options, InstantSource clock) {
        this.context = context;
        this.options = options;
        this.clock = clock;
        values(options).forEach((option, value) -> {
            if (isExpression(value)) {
                expressions.put(option, expression(option, value));
            }
        });
    }

    private Expression expression(String option, String text) {
        try {
            Expression expression = context.resolveLanguage("simple").createExpression(text);
            expression.init(context);
            return expression;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "Option " + option + "=" + text + " is no Simple expression: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> values(B2SyncConfiguration options) {
        Map<String, String> values = new LinkedHashMap<>();
        put(values, "contentType", options.getContentType());
        put(values, "cacheControl", options.getCacheControl());
        put(values, "fileInfo", options.getFileInfo());
        put(values, "retentionMode", options.getRetentionMode());
        put(values, "retainFor", options.getRetainFor());
        put(values, "legalHold", options.getLegalHold());
        return values;
    }

    private static void put(Map<String, String> values, String option, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            values.put(option, value);
        }
    }

    private static boolean isExpression(String value) {
        return value.contains("${") || value.contains("$simple{");
    }

    /** @throws IllegalArgumentException if a value that is no expression cannot work */
    static void check(B2SyncConfiguration options) {
        Map<String, String> values = values(options);
        if (values.containsKey("retentionMode") != values.containsKey("retainFor")) {
            throw new IllegalArgumentException("Options retentionMode=" + options.getRetentionMode() + " and retainFor="
                    + options.getRetainFor() + " belong together: set both, or neither");
        }
        values.forEach((option, value) -> {
            if (!isExpression(value)) {
                judge(option, value);
            }
        });
    }

    private static void judge(String option, String value) {
        switch (option) {
            case "fileInfo" -> infoOf(value);
            case "retentionMode" -> mode(value);
            case "retainFor" -> duration(value);
            case "legalHold" -> hold(value);
            default -> {
                // Any text will do.
            }
        }
    }

    @Override
    public UploadFile describe(String path, UploadFile upload) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(path);
        exchange.getMessage().setHeader(Exchange.FILE_NAME, path);
        exchange.getMessage().setHeader(Exchange.FILE_NAME_ONLY, path.substring(path.lastIndexOf('/') + 1));
        exchange.getMessage().setHeader(B2SyncConstants.PATH, path);
        String modified = upload.fileInfo().get(FileInfo.SRC_LAST_MODIFIED_MILLIS);
        if (modified != null) {
            exchange.getMessage().setHeader(Exchange.FILE_LAST_MODIFIED, Long.valueOf(modified));
        }
        Map<String, String> said = new LinkedHashMap<>();
        values(options).forEach((option, value) -> put(said, option, evaluate(option, value, exchange)));
        return apply(said, upload);
    }

    private @Nullable String evaluate(String option, String value, Exchange exchange) {
        Expression expression = expressions.get(option);
        return expression == null ? value : expression.evaluate(exchange, String.class);
    }

    private UploadFile apply(Map<String, String> said, UploadFile upload) {
        UploadFile described = upload;
        for (Map.Entry<String, String> one : said.entrySet()) {
            String value = one.getValue();
            described = switch (one.getKey()) {
                case "contentType" -> described.withContentType(value);
                case "cacheControl" -> described.withInfo(FileInfo.CACHE_CONTROL, value);
                case "fileInfo" -> withInfo(described, infoOf(value));
                case "legalHold" -> described.withLegalHold(hold(value));
                default -> described;
            };
        }
        Optional<FileRetention> retention = retention(said);
        return retention.isPresent() ? described.withFileRetention(retention.get()) : described;
    }

    private static UploadFile withInfo(UploadFile upload, Map<String, String> info) {
        UploadFile described = upload;
        for (Map.Entry<String, String> one : info.entrySet()) {
            described = described.withInfo(one.getKey(), one.getValue());
        }
        return described;
    }

    private Optional<FileRetention> retention(Map<String, String> said) {
        String mode = said.get("retentionMode");
        String time = said.get("retainFor");
        if (mode == null || time == null) {
            return Optional.empty();
        }
        Instant until = clock.instant().plus(duration(time));
        return Optional.of(FileRetention.of(mode(mode), until));
    }

    private static Map<String, String> infoOf(String text) {
        Map<String, String> info = new LinkedHashMap<>();
        for (String pair : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw wrong("fileInfo", text, "write names and values as color=blue,size=large");
            }
            info.put(
                    pair.substring(0, equals).strip(),
                    pair.substring(equals + 1).strip());
        }
        return info;
    }

    private static RetentionMode mode(String text) {
        return Optional.ofNullable(MODES.get(text))
                .orElseThrow(() -> wrong("retentionMode", text, "write governance or compliance"));
    }

    private static LegalHold hold(String text) {
        return Optional.ofNullable(HOLDS.get(text)).orElseThrow(() -> wrong("legalHold", text, "write on or off"));
    }

    private static Duration duration(String text) {
        return ExactValue.duration(text.strip())
                .filter(duration -> !duration.isNegative() && !duration.isZero())
                .orElseThrow(() -> wrong("retainFor", text, "write a duration above 0, as 30d or 12h"));
    }

    private static IllegalArgumentException wrong(String option, String value, String advice) {
        return new IllegalArgumentException("Option " + option + "=" + value + " cannot be: " + advice);
    }
}
