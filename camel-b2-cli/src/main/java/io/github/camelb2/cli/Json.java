// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.model.bucket.Bucket;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.sync.check.CheckReport;
import io.github.camelb2.sync.check.Finding;
import io.github.camelb2.sync.check.Verdict;
import io.github.camelb2.sync.plan.actions.ActionKind;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.Withheld;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.scrub.Damage;
import io.github.camelb2.sync.scrub.ScrubReport;

/** The answers as JSON, one object a line and in ASCII, so that no name does anything to a terminal. */
final class Json {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Json() {}

    /** With the members that B2 has for it. */
    static String of(Bucket bucket) {
        return line(members(
                "bucketName", bucket.bucketName(), "bucketId", bucket.bucketId(), "bucketType", bucket.bucketType()));
    }

    /** With the members that B2 has for it. */
    static String of(FileVersion version) {
        Map<String, @Nullable Object> all = members("fileName", version.fileName(), "action", version.action());
        if (!version.representsFolder()) {
            all.put("fileId", version.fileId());
            all.put("uploadTimestamp", version.uploadTimestamp());
        }
        if (version.hasContent()) {
            all.put("contentLength", version.contentLength());
            all.put("contentType", version.contentType());
            all.put("contentSha1", version.knownSha1().orElse(null));
            all.put("modificationTime", version.modificationTimeMillis());
            all.put("fileInfo", version.fileInfo());
        }
        return line(all);
    }

    /** What a sync did, with the first problems of each kind. */
    static String of(SyncReport report, boolean isComplete) {
        Map<String, @Nullable Object> done = new LinkedHashMap<>();
        for (ActionKind kind : ActionKind.values()) {
            done.put(
                    kind.word(),
                    members(
                            "actions",
                            report.done(kind).actions(),
                            "bytes",
                            report.done(kind).bytes()));
        }
        Map<String, @Nullable Object> all = members(
                "event", "report",
                "complete", isComplete,
                "dryRun", report.mode() == SyncReport.Mode.DRY_RUN,
                "tookMillis", report.took().toMillis(),
                "compared", report.compared(),
                "done", done,
                "failureCount", report.failureCount(),
                "failures", report.failures().stream().map(Json::problem).toList(),
                "skipCount", report.skipCount(),
                "skips", report.skips().stream().map(Json::problem).toList(),
                "withheld", report.withheld().stream().map(Json::withheld).toList(),
                "calls", report.calls(),
                "estimate", report.mode() == SyncReport.Mode.ESTIMATE,
                "downloadedBytes", report.bill().downloadedBytes(),
                "costAtMost", report.cost());
        return line(all);
    }

    /** What a check says of one name. */
    static String of(Finding finding) {
        return line(members(
                "path", finding.path(),
                "result", finding.verdict().word(),
                "by", finding.by().word(),
                "reason", finding.reason()));
    }

    /** What a check found. */
    static String of(CheckReport report) {
        Map<String, @Nullable Object> all =
                members("event", "check", "equal", report.isEqual(), "complete", report.isComplete());
        for (Verdict verdict : Verdict.values()) {
            all.put(verdict.word() + "Count", report.count(verdict));
        }
        all.put("tookMillis", report.took().toMillis());
        all.put("trouble", report.trouble());
        all.put("downloadedBytes", report.bill().downloadedBytes());
        return line(all);
    }

    /** A version that is damaged, or was. */
    static String of(Damage damage) {
        return line(members(
                "path", damage.path(),
                "fileId", damage.fileId(),
                "contentSha1", damage.sha1(),
                "repaired", damage.state() == Damage.State.REPAIRED,
                "reason", damage.what()));
    }

    /** What a scrub found. */
    static String of(ScrubReport report) {
        return line(members(
                "event", "scrub",
                "good", report.isGood(),
                "passComplete", report.isPassComplete(),
                "versions", report.versions(),
                "goodCount", report.good(),
                "earlierCount", report.earlier(),
                "leftCount", report.left(),
                "withoutDigestCount", report.withoutDigest(),
                "damagedCount", report.damagedCount(),
                "repairedCount", report.repairedCount(),
                "tookMillis", report.took().toMillis(),
                "stopped", report.stopped(),
                "trouble", report.trouble(),
                "downloadedBytes", report.bill().downloadedBytes()));
    }

    private static Map<String, @Nullable Object> problem(Problem problem) {
        return members("path", problem.path(), "kind", problem.kind(), "reason", problem.reason());
    }

    private static Map<String, @Nullable Object> withheld(Withheld withheld) {
        return members("names", withheld.names(), "guard", withheld.guard(), "reason", withheld.reason());
    }

    /** Names and values in turn. */
    static Map<String, @Nullable Object> members(@Nullable Object... all) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (int i = 0; i < all.length; i += 2) {
            members.put(String.valueOf(all[i]), all[i + 1]);
        }
        return members;
    }

    static String line(Map<String, @Nullable Object> members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            write(generator, members);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> member : map.entrySet()) {
                generator.writeFieldName(String.valueOf(member.getKey()));
                write(generator, member.getValue());
            }
            generator.writeEndObject();
        } else if (value instanceof Collection<?> list) {
            // Not of any Iterable: a path is one of paths.
            generator.writeStartArray();
            for (Object member : list) {
                write(generator, member);
            }
            generator.writeEndArray();
        } else if (value instanceof Long number) {
            generator.writeNumber(number);
        } else if (value instanceof Boolean truth) {
            generator.writeBoolean(truth);
        } else if (value == null) {
            generator.writeNull();
        } else {
            generator.writeString(value.toString());
        }
    }
}
