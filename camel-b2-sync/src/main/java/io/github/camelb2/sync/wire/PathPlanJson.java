// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.wire;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.sync.plan.actions.Expected;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.StoredContent;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.item.ContentKey;

import static io.github.camelb2.sync.wire.JsonMembers.constant;
import static io.github.camelb2.sync.wire.JsonMembers.member;
import static io.github.camelb2.sync.wire.JsonMembers.number;
import static io.github.camelb2.sync.wire.JsonMembers.shown;
import static io.github.camelb2.sync.wire.JsonMembers.text;

/**
 * Path plans as JSON: for the way to another JVM and for the place where deletes wait. It holds relative paths and ids
 * of versions, no keys, no roots.
 *
 * <p>Reading takes nothing for granted, because a message may come from anybody: what is missing, unknown or of the wrong
 * kind is refused, and whoever executes a plan judges its path.
 */
public final class PathPlanJson {
    static final int VERSION = 2;

    private PathPlanJson() {}

    /** A plan as one line of JSON. */
    public static String write(PathPlan plan) {
        return json(plan).toString();
    }

    static ObjectNode json(PathPlan plan) {
        ObjectNode json = JsonMembers.object();
        json.put("version", VERSION);
        json.put("runId", plan.runId());
        json.put("planId", plan.planId());
        json.put("path", plan.path());
        json.put("stage", plan.stage().name());
        json.put("after", plan.after());
        json.put("seenMillis", plan.seenMillis());
        json.set("expected", expected(plan.expected()));
        var actions = json.putArray("actions");
        plan.actions().forEach(action -> actions.add(action.accept(new ActionWriter(JsonMembers.object()))));
        putProblems(json, plan.problems());
        if (!plan.signature().isEmpty()) {
            json.put("signature", plan.signature());
        }
        return json;
    }

    /**
     * A plan from JSON, with whatever signature that has: nothing is checked here, and {@code mode=execute} takes the
     * object only if it would take the JSON.
     *
     * @throws IllegalArgumentException if it is not the JSON of a plan; the message names the member
     */
    public static PathPlan read(String text) {
        return plan(JsonMembers.parse(text, "a path plan"));
    }

    static PathPlan plan(JsonNode json) {
        if (number(json, "version") != VERSION) {
            throw new IllegalArgumentException("a path plan of version " + number(json, "version")
                    + " cannot be read: this executor knows version " + VERSION);
        }
        String path = text(json, "path");
        return new PathPlan(
                text(json, "runId"),
                number(json, "planId"),
                path,
                constant(PathPlan.Stage.class, json, "stage"),
                number(json, "after"),
                number(json, "seenMillis"),
                expected(member(json, "expected")),
                actions(member(json, "actions"), path),
                problems(member(json, "problems")),
                json.has("signature") ? text(json, "signature") : "");
    }

    private static ObjectNode expected(Expected expected) {
        ObjectNode json = JsonMembers.object();
        if (expected instanceof Expected.Newest newest) {
            return put(json.put("fileId", newest.fileId()), newest.content());
        }
        if (expected instanceof Expected.LocalCopy local) {
            json.put("size", local.size()).put("modifiedMillis", local.modifiedMillis());
            return local.mark().isEmpty() ? json : json.put("mark", local.mark());
        }
        return json;
    }

    private static ObjectNode put(ObjectNode json, StoredContent content) {
        json.put("size", content.size())
                .put("modifiedMillis", content.modifiedMillis())
                .put("uploadMillis", content.uploadMillis());
        return content.sha1().isEmpty() ? json : json.put("sha1", content.sha1());
    }

    private static StoredContent content(JsonNode json) {
        return new StoredContent(
                json.has("size") ? number(json, "size") : -1,
                json.has("size") ? number(json, "modifiedMillis") : -1,
                json.has("uploadMillis") ? number(json, "uploadMillis") : 0,
                json.has("sha1") ? text(json, "sha1") : "");
    }

    private static StoredContent listed(String text) {
        String[] words = text.split(" ", -1);
        try {
            if (words.length == 4) {
                return new StoredContent(
                        Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]), words[3]);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"content\" of a path plan cannot be " + shown(text), e);
        }
        throw new IllegalArgumentException("\"content\" of a path plan cannot be " + shown(text));
    }

    private static Expected expected(JsonNode json) {
        if (json.has("fileId")) {
            StoredContent content = content(json);
            return new Expected.Newest(
                    text(json, "fileId"),
                    content.size(),
                    content.modifiedMillis(),
                    content.uploadMillis(),
                    content.sha1());
        }
        if (json.has("size")) {
            return new Expected.LocalCopy(
                    number(json, "size"), number(json, "modifiedMillis"), json.has("mark") ? text(json, "mark") : "");
        }
        return new Expected.Nothing();
    }

    private static List<SyncAction> actions(JsonNode array, String path) {
        List<SyncAction> actions = new ArrayList<>();
        for (JsonNode json : array) {
            actions.add(action(json, path));
        }
        return actions;
    }

    private static SyncAction action(JsonNode json, String path) {
        String kind = text(json, "action");
        return switch (kind) {
            case "upload" -> new SyncAction.Upload(path, size(json), number(json, "modifiedMillis"));
            case "incrementalUpload" ->
                new SyncAction.IncrementalUpload(
                        path,
                        size(json),
                        number(json, "modifiedMillis"),
                        text(json, "baseFileId"),
                        number(json, "baseSize"),
                        text(json, "baseSha1"));
            case "download" ->
                new SyncAction.Download(
                        path,
                        text(json, "fileId"),
                        size(json),
                        number(json, "modifiedMillis"),
                        json.has("key") ? constant(ContentKey.class, json, "key") : ContentKey.UNKNOWN);
            case "copy" ->
                new SyncAction.Copy(
                        path,
                        text(json, "fileId"),
                        size(json),
                        number(json, "modifiedMillis"),
                        constant(SyncAction.Copy.Metadata.class, json, "metadata"));
            case "rename" ->
                new SyncAction.Rename(
                        path,
                        text(json, "from"),
                        text(json, "fileId"),
                        size(json),
                        number(json, "modifiedMillis"),
                        json.has("sha1") ? text(json, "sha1") : "",
                        json.has("mark") ? text(json, "mark") : "");
            case "hide" -> new SyncAction.Hide(path);
            case "delete" ->
                new SyncAction.Delete(
                        path,
                        text(json, "fileId"),
                        constant(SyncAction.Delete.Note.class, json, "note"),
                        json.has("content") ? listed(text(json, "content")) : StoredContent.UNKNOWN);
            case "deleteLocal" -> new SyncAction.DeleteLocal(path, size(json), number(json, "modifiedMillis"));
            default -> throw new IllegalArgumentException("a path plan has no action " + shown(kind));
        };
    }

    static void putProblems(ObjectNode json, List<Problem> all) {
        var problems = json.putArray("problems");
        for (Problem problem : all) {
            problems.addObject()
                    .put("path", problem.path())
                    .put("kind", problem.kind().name())
                    .put("reason", problem.reason());
        }
    }

    static List<Problem> problems(JsonNode array) {
        List<Problem> problems = new ArrayList<>();
        for (JsonNode json : array) {
            problems.add(
                    new Problem(text(json, "path"), constant(Problem.Kind.class, json, "kind"), text(json, "reason")));
        }
        return problems;
    }

    private static long size(JsonNode json) {
        long size = number(json, "size");
        if (size < 0) {
            throw new IllegalArgumentException("\"size\" of a path plan cannot be " + size);
        }
        return size;
    }

    private record ActionWriter(ObjectNode json) implements SyncAction.Visitor<ObjectNode, RuntimeException> {
        @Override
        public ObjectNode upload(SyncAction.Upload action) {
            return moving("upload", action.bytes(), action.modifiedMillis());
        }

        @Override
        public ObjectNode incrementalUpload(SyncAction.IncrementalUpload action) {
            return moving("incrementalUpload", action.bytes(), action.modifiedMillis())
                    .put("baseFileId", action.baseFileId())
                    .put("baseSize", action.baseSize())
                    .put("baseSha1", action.baseSha1());
        }

        @Override
        public ObjectNode download(SyncAction.Download action) {
            return moving("download", action.bytes(), action.modifiedMillis())
                    .put("fileId", action.fileId())
                    .put("key", action.key().name());
        }

        @Override
        public ObjectNode copy(SyncAction.Copy action) {
            return moving("copy", action.bytes(), action.modifiedMillis())
                    .put("fileId", action.fileId())
                    .put("metadata", action.metadata().name());
        }

        @Override
        public ObjectNode rename(SyncAction.Rename action) {
            return moving("rename", action.bytes(), action.modifiedMillis())
                    .put("from", action.fromPath())
                    .put("fileId", action.fileId())
                    .put("sha1", action.sha1())
                    .put("mark", action.mark());
        }

        @Override
        public ObjectNode hide(SyncAction.Hide action) {
            return json.put("action", "hide");
        }

        @Override
        public ObjectNode delete(SyncAction.Delete action) {
            json.put("action", "delete")
                    .put("fileId", action.fileId())
                    .put("note", action.note().name());
            StoredContent content = action.content();
            // In one member: a plan may delete thousands of versions.
            return content.equals(StoredContent.UNKNOWN)
                    ? json
                    : json.put(
                            "content",
                            content.size() + " " + content.modifiedMillis() + " " + content.uploadMillis() + " "
                                    + content.sha1());
        }

        @Override
        public ObjectNode deleteLocal(SyncAction.DeleteLocal action) {
            return moving("deleteLocal", action.size(), action.modifiedMillis());
        }

        private ObjectNode moving(String kind, long size, long modifiedMillis) {
            return json.put("action", kind).put("size", size).put("modifiedMillis", modifiedMillis);
        }
    }
}
