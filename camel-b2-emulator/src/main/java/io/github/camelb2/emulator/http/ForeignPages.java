// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.camelb2.emulator.fault.FaultAction;
import io.github.camelb2.emulator.http.wire.Body;
import io.github.camelb2.emulator.http.wire.Reply;
import io.github.camelb2.emulator.http.wire.Request;

/** Answers that are not B2's own, but of web servers in front of it: pages of HTML, and other addresses. */
final class ForeignPages {

    private ForeignPages() {}

    /** The page of a gateway that a fault asks for, or the refusal of a path that is none. */
    static Reply of(Request request) {
        if (!request.isAtItsHost()) {
            return gateway(404);
        }
        return request.faults()
                .find(FaultAction.Gateway.class)
                .map(gateway -> gateway(gateway.status()))
                .orElseGet(
                        () -> Reply.page(
                                400,
                                "text/html;charset=utf-8",
                                "<!doctype html><html><head><title>HTTP Status 400</title></head><body><p>The server cannot or will not"
                                        + " process the request due to something that is perceived to be a client error.</p></body></html>"));
    }

    private static Reply gateway(int status) {
        String title = status + " " + reason(status);
        String html = "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + title
                + "</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
        return Reply.page(status, "text/html", html);
    }

    private static String reason(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 408 -> "Request Time-out";
            case 413 -> "Request Entity Too Large";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Temporarily Unavailable";
            case 504 -> "Gateway Time-out";
            default -> "Error";
        };
    }

    /** Another address of the same server, which knows nothing under it. */
    static Reply redirect(Request request) {
        int status =
                request.faults().find(FaultAction.Redirect.class).orElseThrow().status();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(
                "Location", request.baseUrl() + "/elsewhere" + request.target().path());
        return new Reply(status, headers, Body.of(new byte[0]), () -> {});
    }
}
