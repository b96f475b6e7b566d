// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.call;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.camelb2.emulator.http.wire.Reply;
import io.github.camelb2.emulator.http.wire.Request;
import io.github.camelb2.emulator.http.wire.Route;
import io.github.camelb2.emulator.json.Json;
import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.JsonFields;
import io.github.camelb2.emulator.state.account.Account;
import io.github.camelb2.emulator.state.key.ApplicationKey;

/** What all JSON calls have in common: method, token, strict reading, capability. */
public final class JsonRoute implements Route {

    private final Account account;
    private final JsonCall call;

    public JsonRoute(Account account, JsonCall call) {
        this.account = account;
        this.call = call;
    }

    @Override
    public Reply handle(Request request) throws IOException {
        Spec spec = call.spec();
        requireMethod(request);
        ApplicationKey key = Tokens.account(account, request);
        JsonFields fields = fields(request, spec);
        if (!spec.capability().isEmpty()) {
            key.require(spec.capability());
        }
        Invocation in = new Invocation(
                account, key, fields, request.target().version(), request.baseUrl(), request.hosts(), request.faults());
        return Reply.json(call.answer(in));
    }

    private static JsonFields fields(Request request, Spec spec) throws IOException {
        String what = requestClass(spec.name());
        return request.method().equals("GET")
                ? JsonFields.ofQuery(what, request.target().query(), spec.fields())
                : JsonFields.of(what, read(request), spec.fields());
    }

    /** What B2's messages call the request of a call; of one the name was seen, the others are made like it. */
    private static String requestClass(String call) {
        if (call.equals("b2_delete_file_version")) {
            return "FileNameAndId";
        }
        StringBuilder name = new StringBuilder();
        for (String word : call.substring("b2_".length()).split("_")) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return name.append("Request").toString();
    }

    /** B2 takes the members of every JSON call in the query of a GET instead. */
    private static void requireMethod(Request request) {
        if (!request.method().equals("GET") && !request.method().equals("POST")) {
            throw new B2Error(405, "method_not_allowed", "Only GET and POST are supported");
        }
    }

    public static JsonNode read(Request request) throws IOException {
        byte[] body = request.json();
        if (body.length == 0) {
            throw new B2Error(400, "bad_json", "request body is empty, not JSON");
        }
        try {
            return Json.read(body);
        } catch (IOException e) {
            throw new B2Error(400, "bad_json", "request body is not JSON");
        }
    }
}
