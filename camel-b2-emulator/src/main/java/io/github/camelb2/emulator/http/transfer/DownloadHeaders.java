// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.transfer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.http.call.EncryptionJson;
import io.github.camelb2.emulator.http.wire.Encoding;
import io.github.camelb2.emulator.state.Names;
import io.github.camelb2.emulator.state.bucket.Bucket;
import io.github.camelb2.emulator.state.file.FileVersion;
import io.github.camelb2.emulator.state.file.Protection;
import io.github.camelb2.emulator.state.key.ApplicationKey;

/** The headers of a download. */
final class DownloadHeaders {

    private static final String RETENTION_MODE = "X-Bz-File-Retention-Mode";
    private static final String RETAIN_UNTIL = "X-Bz-File-Retention-Retain-Until-Timestamp";
    private static final String LEGAL_HOLD = "X-Bz-File-Legal-Hold";

    private DownloadHeaders() {}

    static Map<String, String> of(
            FileVersion file, Bucket bucket, @Nullable ApplicationKey key, Map<String, String> overrides) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept-Ranges", "bytes");
        headers.put("Content-Type", file.contentType());
        headers.put("X-Bz-File-Id", file.id());
        headers.put("X-Bz-File-Name", Encoding.encode(file.name()));
        headers.put("X-Bz-Content-Sha1", file.stored().sha1());
        headers.put("X-Bz-Upload-Timestamp", Long.toString(file.timestamp()));
        JsonNode cache = bucket.info().get("Cache-Control");
        if (cache != null) {
            headers.put("Cache-Control", cache.textValue());
        }
        info(file, headers);
        EncryptionJson.headers(file.stored().encryption(), headers);
        protection(file.protection(), key, headers);
        overrides.forEach(
                (parameter, value) -> headers.put(Overrides.PARAMETERS.getOrDefault(parameter, parameter), value));
        return headers;
    }

    private static void info(FileVersion file, Map<String, String> headers) {
        file.info().forEach((name, value) -> {
            if (Names.RESERVED_INFO.contains(name)) {
                headers.put(httpName(name), value);
            } else {
                headers.put("X-Bz-Info-" + name, Encoding.encode(value));
            }
        });
    }

    private static String httpName(String reserved) {
        return switch (reserved) {
            case "b2-content-disposition" -> "Content-Disposition";
            case "b2-content-language" -> "Content-Language";
            case "b2-content-encoding" -> "Content-Encoding";
            case "b2-expires" -> "Expires";
            default -> "Cache-Control";
        };
    }

    private static void protection(Protection protection, @Nullable ApplicationKey key, Map<String, String> headers) {
        List<String> hidden = new ArrayList<>();
        if (protection.mode() != null) {
            boolean allowed = key != null && key.can("readFileRetentions");
            show(RETENTION_MODE, protection.mode(), allowed, headers, hidden);
            show(RETAIN_UNTIL, String.valueOf(protection.retainUntil()), allowed, headers, hidden);
        }
        if (protection.legalHold() != null) {
            boolean allowed = key != null && key.can("readFileLegalHolds");
            show(LEGAL_HOLD, protection.legalHold(), allowed, headers, hidden);
        }
        if (!hidden.isEmpty()) {
            headers.put("X-Bz-Client-Unauthorized-To-Read", String.join(",", hidden));
        }
    }

    private static void show(
            String name, String value, boolean allowed, Map<String, String> headers, List<String> hidden) {
        if (allowed) {
            headers.put(name, value);
        } else {
            hidden.add(name);
        }
    }
}
