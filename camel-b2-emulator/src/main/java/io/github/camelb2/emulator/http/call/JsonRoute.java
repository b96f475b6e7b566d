package io.github.camelb2.emulator.http.call;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.emulator.http.wire.Reply;
import io.github.camelb2.emulator.http.wire.Request;
import io.github.camelb2.emulator.http.wire.Route;
import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.JsonFields;
import io.github.camelb2.emulator.state.account.Account;
import io.github.camelb2.emulator.state.key.ApplicationKey;

/** What all JSON calls have in common: method, token, strict reading, capability. */
public final class JsonRoute implements Route {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Account account;
    private final JsonCall call;

    public JsonRoute(Account account, JsonCall call) {
        this.account = account;
        this.call = call;
    }

    @Override
    public Reply handle(Request request) throws IOException {
        Spec spec = call.spec();
        requireMethod(request, spec);
        ApplicationKey key = Tokens.account(account, request);
        JsonFields fields = JsonFields.of(spec.name() + " request", read(request), spec.fields());
        if (!spec.capability().isEmpty()) {
            key.require(spec.capability());
        }
        Invocation in =
                new Invocation(account, key, fields, request.target().version(), request.baseUrl(), request.faults());
        return Reply.json(call.answer(in));
    }

    private static void requireMethod(Request request, Spec spec) {
        boolean get = request.method().equals("GET") && spec.access() == Spec.Access.GET_OR_POST;
        if (!get && !request.method().equals("POST")) {
            String allowed = spec.access() == Spec.Access.POST ? "POST is" : "GET and POST are";
            throw new B2Error(405, "method_not_allowed", "Only " + allowed + " supported");
        }
    }

    public static JsonNode read(Request request) throws IOException {
        if (request.method().equals("GET")) {
            ObjectNode query = JsonNodeFactory.instance.objectNode();
            request.target().query().forEach(query::put);
            return query;
        }
        byte[] body = request.json();
        if (body.length == 0) {
            throw new B2Error(400, "bad_json", "request body is empty, not JSON");
        }
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new B2Error(400, "bad_json", "request body is not JSON");
        }
    }
}
