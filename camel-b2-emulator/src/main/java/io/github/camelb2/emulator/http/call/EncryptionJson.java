// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.call;

import java.util.Set;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.http.wire.Request;
import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.Encryption;
import io.github.camelb2.emulator.state.JsonFields;

/** Encryption settings in requests and answers, in JSON and in headers. */
public final class EncryptionJson {

    private static final String HEADER = "X-Bz-Server-Side-Encryption";
    private static final Set<String> FIELDS = Set.of("mode", "algorithm", "customerKey", "customerKeyMd5");

    private EncryptionJson() {}

    /** What a member asks for, for something new; null if it is absent or names no mode, for what the bucket does by itself. */
    public static @Nullable Encryption find(Invocation in, String field) {
        ObjectNode json = in.fields().findObject(field);
        if (json != null && json.path("mode").asText().equals("none")) {
            Encryption.requireNoneAllowed(in.account().limits().defaultEncryption());
            return Encryption.NONE;
        }
        return find(in.fields(), field);
    }

    /** How something that is there is said to be encrypted; null if the member is absent or names no mode. */
    public static @Nullable Encryption find(JsonFields request, String field) {
        ObjectNode json = request.findObject(field);
        if (json == null) {
            return null;
        }
        JsonFields fields = JsonFields.of(field, json, FIELDS);
        String mode = fields.findText("mode");
        if (mode == null) {
            return null;
        }
        if (mode.equals("none")) {
            return Encryption.NONE;
        }
        requireAes(fields.findText("algorithm"));
        return switch (mode) {
            case "SSE-B2" -> Encryption.SSE_B2;
            case "SSE-C" -> Encryption.customer(fields.findText("customerKey"), fields.findText("customerKeyMd5"));
            default -> throw B2Error.badRequest("invalid encryption mode: " + mode);
        };
    }

    /** What an upload's headers ask for; null if they say nothing. */
    public static @Nullable Encryption find(Request request) {
        Encryption customer = findCustomer(request);
        String algorithm = request.header(HEADER);
        if (algorithm == null) {
            return customer;
        }
        if (customer != null) {
            throw B2Error.badRequest("SSE-B2 and SSE-C exclude each other");
        }
        requireAes(algorithm);
        return Encryption.SSE_B2;
    }

    /** The customer key in a request's headers; null if there is none. */
    public static @Nullable Encryption findCustomer(Request request) {
        String algorithm = request.header(HEADER + "-Customer-Algorithm");
        String key = request.header(HEADER + "-Customer-Key");
        String md5 = request.header(HEADER + "-Customer-Key-Md5");
        if (algorithm == null && key == null && md5 == null) {
            return null;
        }
        requireAes(algorithm);
        return Encryption.customer(key, md5);
    }

    private static void requireAes(@Nullable String algorithm) {
        if (!"AES256".equals(algorithm)) {
            throw B2Error.badRequest("encryption algorithm must be AES256, not " + algorithm);
        }
    }

    /** As answers show it: never the key. */
    static ObjectNode json(Encryption encryption) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("algorithm", encryption.mode() == null ? null : "AES256")
                .put("mode", encryption.mode());
    }

    public static void headers(Encryption encryption, java.util.Map<String, String> headers) {
        if (encryption.isCustomer()) {
            headers.put(HEADER + "-Customer-Algorithm", "AES256");
            headers.put(HEADER + "-Customer-Key-Md5", String.valueOf(encryption.keyMd5()));
        } else if (encryption.mode() != null) {
            headers.put(HEADER, "AES256");
        }
    }
}
