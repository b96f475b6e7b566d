// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.interop;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.B2Emulator;

/** b2sdk for Python. */
final class B2sdkClient implements OtherClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Witness b2sdk;
    private final B2Emulator b2;

    B2sdkClient(B2Emulator b2, Path directory) throws Exception {
        this.b2 = b2;
        this.b2sdk = Witness.b2sdk("/b2sdk/interop.py", directory);
    }

    /** By the rules that B2 once had, which it still keeps. */
    @Override
    public boolean canWrite(String name) {
        return canRead(name)
                && !name.startsWith("/")
                && !name.endsWith("/")
                && !name.contains("//")
                && !name.contains("\\")
                && List.of(name.split("/")).stream().allMatch(part -> part.length() <= 250);
    }

    /** Its HTTP library takes dots for directories and leaves them out. */
    @Override
    public boolean canRead(String name) {
        return List.of(name.split("/", -1)).stream().noneMatch(part -> part.equals(".") || part.equals(".."));
    }

    @Override
    public void write(String bucket, List<Sample> files, @Nullable String customerKey) throws Exception {
        List<Map<String, Object>> described = new ArrayList<>();
        for (Sample file : files) {
            described.add(Map.of(
                    "name", file.name(),
                    "content", Base64.getEncoder().encodeToString(file.content()),
                    "type", file.contentType(),
                    "info", file.info()));
        }
        run("write", bucket, customerKey, described);
    }

    @Override
    public List<Sample> read(String bucket, @Nullable String customerKey) throws Exception {
        List<Sample> found = new ArrayList<>();
        for (JsonNode file : run("read", bucket, customerKey, List.of())) {
            Map<String, String> info = new HashMap<>();
            file.get("info")
                    .fields()
                    .forEachRemaining(it -> info.put(it.getKey(), it.getValue().asText()));
            found.add(new Sample(
                    file.get("name").asText(),
                    file.get("content").binaryValue(),
                    file.get("type").asText(),
                    info));
        }
        return found;
    }

    private JsonNode run(String command, String bucket, @Nullable String customerKey, Object files) throws Exception {
        Map<String, Object> input = new HashMap<>();
        input.put("key", customerKey);
        input.put("files", files);
        return JSON.readTree(b2sdk.runWith(
                JSON.writeValueAsString(input), command, b2.url(), b2.applicationKeyId(), b2.applicationKey(), bucket));
    }
}
