// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.large;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonParser;

import io.github.camelb2.client.model.json.Answers;
import io.github.camelb2.client.model.json.Tokens;

/** What both kinds of upload URL say, being read. */
record Address(String scope, String url, String token) {

    /** @param scope the member that has the id of what it uploads to */
    static Address read(JsonParser json, String scope) throws IOException {
        Tokens.start(json);
        String id = "";
        String url = "";
        String token = "";
        for (String name = Tokens.next(json); name != null; name = Tokens.next(json)) {
            if (name.equals(scope)) {
                id = Tokens.text(json);
            } else if (name.equals("uploadUrl")) {
                url = Tokens.text(json);
            } else if (name.equals("authorizationToken")) {
                token = Tokens.text(json);
            } else {
                json.skipChildren();
            }
        }
        try {
            return new Address(
                    id,
                    Answers.required("upload URL", "uploadUrl", url),
                    Answers.required("upload URL", "authorizationToken", token));
        } catch (IllegalArgumentException e) {
            throw Tokens.refused(e);
        }
    }

    @Override
    public String toString() {
        return "Address[scope=" + scope + ", url=" + url + ", token=***]";
    }
}
