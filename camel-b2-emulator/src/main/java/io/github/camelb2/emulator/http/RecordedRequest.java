// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request that the emulator received, for assertions.
 *
 * @param call B2's name of the call, for instance {@code b2_upload_file}; {@code unknown} for what is none
 * @param method {@code GET}, {@code HEAD}, {@code POST}
 * @param rawPath path and query as they came, undecoded
 * @param headers as they came, with the case of their names
 * @param json the body of a JSON call, cut off at 64 KiB; empty for uploads and downloads
 * @param received when its headers had arrived, by the emulator's clock
 * @param duration from its headers to the last byte of the answer
 * @param status the HTTP status that was answered; 0 if the connection ended without an answer
 * @param requestBytes bytes of the request's body that were read
 * @param responseBytes bytes of the answer's body that were sent
 */
public record RecordedRequest(
        String call,
        String method,
        String rawPath,
        Map<String, String> headers,
        String json,
        Instant received,
        Duration duration,
        int status,
        long requestBytes,
        long responseBytes) {

    public RecordedRequest {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** The value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
