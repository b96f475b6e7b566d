// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.page;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.fault.Faults;
import io.github.camelb2.emulator.http.wire.Body;
import io.github.camelb2.emulator.http.wire.Encoding;
import io.github.camelb2.emulator.http.wire.Hosts;
import io.github.camelb2.emulator.http.wire.Reply;
import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.account.Account;
import io.github.camelb2.emulator.state.bucket.Bucket;
import io.github.camelb2.emulator.state.file.FileVersion;
import io.github.camelb2.emulator.state.file.Listing;
import io.github.camelb2.emulator.state.file.Page;
import io.github.camelb2.emulator.state.file.VersionKey;

/**
 * The page at {@code /}: buckets, the versions of one of them, the last requests, the faults in force. It shows no keys, tokens or headers, runs
 * no script and loads nothing. Safe for use by many threads.
 */
public final class StatusPage {

    private static final int FILES_OF_ONE_BUCKET = 500;
    private static final int FILES_AT_FIRST = 25;
    private static final int BUCKETS_WITH_FILES = 20;
    private static final String STYLE = """
            body{font:14px/1.4 system-ui,sans-serif;margin:2em auto;max-width:76em;padding:0 1em;color:#222;background:#fff}
            h1{font-size:1.5em;margin:0}h2{font-size:1.1em;margin:1.6em 0 .4em}
            table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25em .8em .25em 0;vertical-align:top;
            border-bottom:1px solid #ddd;overflow-wrap:anywhere}th{color:#666;font-weight:600;white-space:nowrap}
            td{font-family:ui-monospace,monospace;font-size:13px}.bad td{color:#b00020}p{color:#555;margin:.3em 0}
            """;

    private final Account account;
    private final Faults faults;
    private final Supplier<List<Seen>> requests;
    private final Supplier<Hosts> hosts;

    /**
     * A request that is over, as the page shows it.
     *
     * @param call B2's name of the call
     * @param line method and path, without the query, in which tokens may stand
     * @param received when it came
     * @param millis how long it took
     * @param status the HTTP status; 0 if there was no answer
     * @param bytesIn of its body
     * @param bytesOut of the answer's body
     */
    public record Seen(
            String call, String line, Instant received, long millis, int status, long bytesIn, long bytesOut) {}

    public StatusPage(Account account, Faults faults, Supplier<List<Seen>> requests, Supplier<Hosts> hosts) {
        this.account = account;
        this.faults = faults;
        this.requests = requests;
        this.hosts = hosts;
    }

    /** Whether this page is what a request line asks for. */
    public static boolean isAt(String method, String rawTarget) {
        return (method.equals("GET") || method.equals("HEAD")) && (rawTarget.equals("/") || rawTarget.startsWith("/?"));
    }

    public Reply answer(String rawTarget) {
        Map<String, String> query = query(rawTarget);
        Html html = new Html();
        html.raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>B2 emulator</title>"
                        // Or the browser asks for /favicon.ico, and that stands among the requests.
                        + "<link rel=\"icon\" href=\"data:,\"><style>")
                .raw(STYLE)
                .raw("</style></head><body>\n<h1>B2 emulator</h1>\n<p>")
                .text(hosts.get().url() + ", account " + account.id() + ", " + Instant.ofEpochMilli(account.now()))
                .raw("</p>\n");
        Bucket bucket = account.buckets().findByName(query.getOrDefault("bucket", ""));
        if (bucket != null) {
            html.raw("<p><a href=\"/\">all buckets</a></p>\n");
            files(html, bucket, query.getOrDefault("name", ""), query.get("id"), FILES_OF_ONE_BUCKET);
        } else {
            buckets(html);
            faults(html);
            requests(html);
            account.buckets().list().stream()
                    .limit(BUCKETS_WITH_FILES)
                    .forEach(shown -> files(html, shown, "", null, FILES_AT_FIRST));
        }
        return reply(html.raw("</body></html>\n").toString());
    }

    private static Map<String, String> query(String rawTarget) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : rawTarget.substring(1).replaceFirst("\\?", "").split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                try {
                    query.put(pair.substring(0, equals), Encoding.decode(pair.substring(equals + 1)));
                } catch (B2Error e) {
                    // What cannot be read asks for nothing.
                    continue;
                }
            }
        }
        return query;
    }

    private static Reply reply(String html) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Cache-Control", "no-store");
        headers.put(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'");
        headers.put("Content-Type", "text/html;charset=utf-8");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        return new Reply(200, headers, Body.of(html.getBytes(StandardCharsets.UTF_8)), () -> {});
    }

    private void buckets(Html html) {
        html.heading("Buckets");
        List<Bucket> buckets = account.buckets().list();
        if (buckets.isEmpty()) {
            html.raw("<p>none</p>\n");
            return;
        }
        html.head(List.of("name", "type", "versions", "unfinished large files", "id"));
        for (Bucket bucket : buckets) {
            long unfinished = account.largeFiles().count(bucket.id());
            html.raw("<tr><td>").link("bucket=" + Encoding.encode(bucket.name()), bucket.name());
            for (String cell : List.of(
                    bucket.type(), grouped(account.files().count(bucket.id())), grouped(unfinished), bucket.id())) {
                html.raw("</td><td>").text(cell);
            }
            html.raw("</td></tr>\n");
        }
        html.end();
    }

    private void files(Html html, Bucket bucket, String name, @Nullable String id, int count) {
        html.heading("Files in " + bucket.name());
        Page page = page(bucket, name, id, count);
        if (page.files().isEmpty()) {
            html.raw("<p>none</p>\n");
            return;
        }
        html.head(List.of("name", "action", "bytes", "uploaded", "content type", "SHA-1", "id"));
        for (FileVersion file : page.files()) {
            html.row(List.of(
                    file.name(),
                    file.action().word(),
                    grouped(file.length()),
                    Instant.ofEpochMilli(file.timestamp()).toString(),
                    file.contentType(),
                    file.stored().sha1(),
                    file.id()));
        }
        html.end();
        if (page.nextName() != null) {
            String next = "bucket=" + Encoding.encode(bucket.name()) + "&name=" + Encoding.encode(page.nextName());
            html.raw("<p>")
                    .link(page.nextId() == null ? next : next + "&id=" + page.nextId(), "more")
                    .raw("</p>\n");
        }
    }

    private Page page(Bucket bucket, String name, @Nullable String id, int count) {
        try {
            return account.files().listVersions(bucket.id(), new Listing("", null, VersionKey.before(name), count), id);
        } catch (B2Error e) {
            return Page.last(List.of());
        }
    }

    private void faults(Html html) {
        html.heading("Faults in force");
        Map<String, Long> inForce = faults.inForce();
        if (inForce.isEmpty()) {
            html.raw("<p>none</p>\n");
            return;
        }
        html.head(List.of("rule", "struck"));
        inForce.forEach((rule, struck) -> html.row(List.of(rule, grouped(struck))));
        html.end();
    }

    private void requests(Html html) {
        html.heading("Last requests");
        List<Seen> seen = requests.get();
        if (seen.isEmpty()) {
            html.raw("<p>none</p>\n");
            return;
        }
        html.head(List.of("received", "call", "status", "ms", "bytes in", "bytes out", "request"));
        for (Seen one : seen) {
            html.raw(one.status() >= 400 || one.status() == 0 ? "<tr class=\"bad\">" : "<tr>");
            for (String cell : List.of(
                    one.received().toString(),
                    one.call(),
                    one.status() == 0 ? "no answer" : Integer.toString(one.status()),
                    grouped(one.millis()),
                    grouped(one.bytesIn()),
                    grouped(one.bytesOut()),
                    one.line())) {
                html.raw("<td>").text(cell).raw("</td>");
            }
            html.raw("</tr>\n");
        }
        html.end();
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
