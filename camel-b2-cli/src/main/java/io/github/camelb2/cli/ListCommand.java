// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.model.bucket.Bucket;
import io.github.camelb2.client.model.file.FileVersion;

/** Lists buckets or files, as they come: memory does not grow with their number. */
@Command(
        name = "ls",
        description = "Lists the buckets, or the files of a bucket or a folder.",
        sortOptions = false,
        footer = {"", "camel-b2 ls", "camel-b2 ls -lr b2://my-bucket/photos"})
final class ListCommand extends ClientCommand {
    private static final Duration RETRIES = Duration.ofMinutes(1);

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "b2://BUCKET[/PATH]",
            description = "a bucket, a folder or a file; without it the buckets are listed")
    private @Nullable String place;

    @Option(
            names = {"-r", "--recursive"},
            description = "also what is in folders of the folder")
    private boolean recursive;

    @Option(
            names = {"-l", "--long"},
            description = "also the time of the upload, the size and, with --versions, the file id")
    private boolean detailed;

    @Option(names = "--versions", description = "all versions, hide markers and unfinished large files")
    private boolean versions;

    ListCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run() throws Exception {
        B2Place from = place == null ? null : B2Place.parse(place);
        if (from != null && from.fileId() != null) {
            throw usage("ls lists names, not b2id://: write b2://bucket/path");
        }
        try (Session session = open(RETRIES, Duration.ZERO)) {
            if (from == null) {
                return buckets(session);
            }
            // B2 allows a file and a folder of one name.
            long found = from.isFolder() ? 0 : file(session, from);
            if (!isStopping()) {
                found += files(session, from, from.prefix());
            }
            if (isStopping()) {
                screen().flush();
                return stopped();
            }
            if (found == 0 && !from.path().isEmpty()) {
                screen().say("camel-b2: nothing is called " + from);
                return ExitCodes.FAILED;
            }
            return ExitCodes.OK;
        }
    }

    private int buckets(Session session) throws Exception {
        List<?> buckets = session.request("*", "listBuckets", Map.of(), Map.of(), "")
                .getMessage()
                .getBody(List.class);
        for (Object one : buckets) {
            Bucket bucket = (Bucket) one;
            if (isJson()) {
                screen().line(Json.of(bucket));
            } else {
                screen().line(detailed ? bucket.bucketType() + "  " + bucket.bucketName() : bucket.bucketName());
            }
        }
        return ExitCodes.OK;
    }

    private long files(Session session, B2Place from, String prefix) throws Exception {
        Map<String, Object> headers = new HashMap<>();
        headers.put(B2Constants.PREFIX, prefix);
        if (!recursive) {
            headers.put(B2Constants.DELIMITER, "/");
        }
        long found = 0;
        Iterator<FileVersion> listing = listing(session, from, headers);
        while (!isStopping() && listing.hasNext()) {
            show(listing.next());
            found++;
        }
        return found;
    }

    /** The file of exactly that name, in as many versions as are asked for. */
    private long file(Session session, B2Place from) throws Exception {
        long found = 0;
        Iterator<FileVersion> listing =
                listing(session, from, Map.of(B2Constants.PREFIX, from.path(), B2Constants.MAX_FILE_COUNT, 100));
        while (!isStopping() && listing.hasNext()) {
            FileVersion version = listing.next();
            if (!version.fileName().equals(from.path())) {
                break;
            }
            show(version);
            found++;
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private Iterator<FileVersion> listing(Session session, B2Place from, Map<String, Object> headers) throws Exception {
        return session.request(from.bucket(), versions ? "listFileVersions" : "listFileNames", Map.of(), headers, "")
                .getMessage()
                .getBody(Iterator.class);
    }

    private void show(FileVersion version) {
        if (isJson()) {
            screen().line(Json.of(version));
            return;
        }
        StringBuilder line = new StringBuilder();
        if (detailed) {
            line.append(version.representsFolder() ? "-                   " : time(version.uploadTimestamp()))
                    .append(String.format("  %13s  ", version.hasContent() ? version.contentLength() : "-"));
        }
        if (versions && !version.representsFolder()) {
            line.append(String.format("%-6s  ", version.action()));
            if (detailed) {
                line.append(version.fileId()).append("  ");
            }
        }
        screen().line(line.append(version.fileName()).toString());
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis)
                .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                .toString();
    }
}
