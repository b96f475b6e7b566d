// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.operation.file.LocalTarget;

/** Copies one file: up, down, or within B2. */
@Command(
        name = "cp",
        description = "Copies one file to, from or within B2; for directories and folders there is sync.",
        sortOptions = false,
        footer = {
            "",
            "camel-b2 cp report.csv b2://my-bucket/reports/",
            "camel-b2 cp b2://my-bucket/reports/report.csv -",
            "tar c /etc | camel-b2 cp - b2://my-bucket/etc.tar"
        })
final class CopyCommand extends ClientCommand {
    private static final String STREAM = "-";
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    @Parameters(
            index = "0",
            paramLabel = "SOURCE",
            description = "a file, b2://BUCKET/PATH, b2id://FILE_ID for one version, or - for standard input")
    private String source = "";

    @Parameters(
            index = "1",
            paramLabel = "DESTINATION",
            description = "a file or directory, b2://BUCKET[/PATH], or - for standard output; what ends with a slash"
                    + " gets a file of the name that it has")
    private String destination = "";

    @Option(
            names = {"-n", "--dry-run"},
            description = "only say what would be done")
    private boolean dryRun;

    @Option(names = "--no-clobber", description = "fail where there is a file of that name already")
    private boolean noClobber;

    @Option(names = "--content-type", paramLabel = "TYPE", description = "of an upload; B2 tells it by the name, else")
    private @Nullable String contentType;

    @Option(names = "--cache-control", paramLabel = "TEXT", description = "of an upload")
    private @Nullable String cacheControl;

    @Option(names = "--info", paramLabel = "KEY=VALUE", description = "stored with an upload; may be repeated")
    private Map<String, String> info = new LinkedHashMap<>();

    @Option(names = "--threads", paramLabel = "N", description = "how many parts at a time; default 4")
    private @Nullable String threads;

    @Option(names = "--no-progress", description = "no bar on a terminal, no lines with the time in a log")
    private boolean noProgress;

    @Mixin
    private final EndpointOptions options = new EndpointOptions();

    CopyCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run() throws Exception {
        boolean isFromB2 = B2Place.isOne(source);
        boolean isToB2 = B2Place.isOne(destination);
        if (!isFromB2 && !isToB2) {
            throw usage("cp copies to, from or within B2: write b2://bucket/path for one of the two");
        }
        Map<String, Object> all = new HashMap<>(options.read(shell().environment()));
        EndpointOptions.refuse(all, "SOURCE and DESTINATION say it", "operation", "fileName", "fileId", "bucketName");
        if (threads != null) {
            all.put("maxConcurrency", threads);
        }
        if (noClobber && isToB2) {
            all.put("fileExist", "Fail");
        }
        B2Place from = isFromB2 ? fileOf(source) : null;
        B2Place to = isToB2 ? B2Place.parse(destination) : null;
        if (to != null && to.fileId() != null) {
            throw usage("b2id:// names a version that is there: write b2://bucket/path as the destination");
        }
        boolean isBar = shell().terminal().err() && !noProgress;
        try (Progress progress = new Progress("cp", screen(), isBar, InstantSource.system(), BETWEEN_LINES);
                Session session =
                        open(null, Duration.ZERO, noProgress ? (b, t) -> {} : (b, t) -> progress.show(b, t, ""))) {
            if (from == null) {
                upload(session, java.util.Objects.requireNonNull(to), all);
            } else if (to == null) {
                download(session, from, all);
            } else {
                copy(session, from, to, all);
            }
            screen().flush();
        }
        return ExitCodes.OK;
    }

    private B2Place fileOf(String text) {
        B2Place place = B2Place.parse(text);
        if (place.isFolder()) {
            throw usage("cp copies one file, and " + text + " is none: use camel-b2 sync for what is in it");
        }
        return place;
    }

    private void upload(Session session, B2Place to, Map<String, Object> all) throws Exception {
        boolean isStream = source.equals(STREAM);
        Path file = Path.of(source);
        if (!isStream && Files.isDirectory(file)) {
            throw usage("cp copies one file, and " + source + " is a directory: use camel-b2 sync");
        }
        if (!isStream && !Files.isReadable(file)) {
            throw new IllegalArgumentException(source + " is no file that can be read");
        }
        if (isStream && to.isFolder()) {
            throw usage("standard input has no name: write the whole of b2://bucket/path");
        }
        B2Place target = to.isFolder() ? to.with(String.valueOf(file.getFileName())) : to;
        if (dryRun) {
            tellPlanned("upload", target);
            return;
        }
        Map<String, Object> headers = new HashMap<>();
        headers.put(B2Constants.OVERRIDE_FILE_NAME, target.path());
        putIfGiven(headers, B2Constants.CONTENT_TYPE, contentType);
        putIfGiven(headers, B2Constants.CACHE_CONTROL, cacheControl);
        putIfGiven(headers, B2Constants.FILE_INFO, info.isEmpty() ? null : info);
        Object body = isStream ? shell().in() : file.toFile();
        tell(
                "upload",
                target,
                session.request(target.bucket(), "uploadFile", all, headers, body)
                        .getMessage());
    }

    private void copy(Session session, B2Place from, B2Place to, Map<String, Object> all) throws Exception {
        Map<String, Object> headers = named(from);
        FileVersion found = to.isFolder() || dryRun ? look(session, from) : null;
        B2Place target = to.isFolder() ? to.with(nameOf(from, found)) : to;
        if (dryRun) {
            tellPlanned("copy", target);
            return;
        }
        headers.put(B2Constants.DESTINATION_BUCKET_NAME, target.bucket());
        headers.put(B2Constants.DESTINATION_FILE_NAME, target.path());
        tell(
                "copy",
                target,
                session.request(from.bucket(), "copyFile", all, headers, "").getMessage());
    }

    private void download(Session session, B2Place from, Map<String, Object> all) throws Exception {
        Download download = new Download(session, screen(), from, named(from), all);
        if (destination.equals(STREAM)) {
            if (dryRun) {
                look(session, from);
            } else {
                download.toStandardOutput();
            }
            return;
        }
        Path target = Path.of(destination);
        if (!Files.isDirectory(target) && !destination.endsWith("/")) {
            download(session, from, download, target);
            return;
        }
        FileVersion found = from.fileId() == null ? null : look(session, from);
        try (LocalTarget below = LocalTarget.below(target.toAbsolutePath())) {
            String name = nameOf(from, found);
            Path file = below.find(name);
            if (!dryRun) {
                file = below.prepare(name);
            }
            download(session, from, download, file);
            below.complete();
        }
    }

    private void download(Session session, B2Place from, Download download, Path target) throws Exception {
        if (noClobber && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target + " is there already");
        }
        if (dryRun) {
            look(session, from);
            screen().line(
                            isJson()
                                    ? Json.line(Json.members("event", "would download", "path", target))
                                    : "would download " + target);
            return;
        }
        if (noClobber) {
            download.toNew(target);
        } else {
            download.to(target);
        }
        screen().line(isJson() ? Json.line(Json.members("event", "download", "path", target)) : "dnload " + target);
    }

    private static String nameOf(B2Place from, @Nullable FileVersion found) {
        return found == null ? from.lastName() : new B2Place("*", found.fileName(), null).lastName();
    }

    /** What there is of it, or a failure. */
    private static FileVersion look(Session session, B2Place place) throws Exception {
        return session.request(place.bucket(), "getFileInfo", Map.of(), named(place), "")
                .getMessage()
                .getBody(FileVersion.class);
    }

    private static Map<String, Object> named(B2Place place) {
        Map<String, Object> headers = new HashMap<>();
        String id = place.fileId();
        if (id == null) {
            headers.put(B2Constants.OVERRIDE_FILE_NAME, place.path());
        } else {
            headers.put(B2Constants.OVERRIDE_FILE_ID, id);
        }
        return headers;
    }

    private static void putIfGiven(Map<String, Object> headers, String name, @Nullable Object value) {
        if (value != null) {
            headers.put(name, value);
        }
    }

    private void tellPlanned(String event, B2Place target) {
        String what = "would " + event;
        screen().line(isJson() ? Json.line(Json.members("event", what, "place", target)) : what + " " + target);
    }

    private void tell(String event, B2Place target, Message answer) {
        Object outcome = answer.getHeader(B2Constants.PRODUCED_OUTCOME);
        boolean isKept = "ignored".equals(outcome);
        if (isJson()) {
            screen().line(Json.line(Json.members(
                    "event",
                    isKept ? "kept" : event,
                    "place",
                    target,
                    "fileId",
                    answer.getHeader(B2Constants.PRODUCED_FILE_ID),
                    "contentLength",
                    answer.getHeader(B2Constants.PRODUCED_CONTENT_LENGTH))));
        } else {
            screen().line((isKept ? "kept what is there: " : event + " ") + target);
        }
    }
}
