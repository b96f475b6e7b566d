// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import static io.github.camelb2.sync.wire.JsonMembers.member;
import static io.github.camelb2.sync.wire.JsonMembers.number;
import static io.github.camelb2.sync.wire.JsonMembers.shown;
import static io.github.camelb2.sync.wire.JsonMembers.text;

/**
 * The messages of a run as one line of signed JSON each.
 *
 * <p>The signature is over the message as this class writes it, so that what it does not know changes nothing. A message
 * that is not signed with the key is refused before anything of it is used.
 */
public final class RunMessageJson {
    private static final String WHAT = "a message of a run";

    private final PlanSigner signer;

    /** @param signer knows the key that all who take part have */
    public RunMessageJson(PlanSigner signer) {
        this.signer = signer;
    }

    /** The message with its signature. */
    public String write(RunMessage message) {
        ObjectNode json = json(message);
        return json.put("signature", signer.sign(json.toString())).toString();
    }

    /**
     * A message that somebody sent who knows the key.
     *
     * @throws IllegalArgumentException if it is none; the message says what is wrong
     */
    public RunMessage read(String text) {
        JsonNode json = JsonMembers.parse(text, WHAT);
        if (number(json, "version") != PathPlanJson.VERSION) {
            throw new IllegalArgumentException(WHAT + " of version " + number(json, "version")
                    + " cannot be read: version " + PathPlanJson.VERSION + " is known here");
        }
        RunMessage message = message(json);
        if (!signer.isOf(text(json, "signature"), json(message).toString())) {
            throw new IllegalArgumentException(WHAT + " is not signed with the key of this endpoint, so nothing is done"
                    + " with it: set the option planKey to one value for the coordinator and all workers");
        }
        return message;
    }

    private static ObjectNode json(RunMessage message) {
        ObjectNode json = JsonMembers.object();
        RunMessage.About about = message.about();
        json.put("version", PathPlanJson.VERSION)
                .put("type", type(message))
                .put("sync", about.sync())
                .put("runId", about.runId())
                .put("epoch", about.epoch())
                .put("options", about.options())
                .put("roots", about.roots());
        if (message instanceof RunMessage.Act act) {
            json.put("seq", act.seq())
                    .put("attempt", act.attempt())
                    .put("leaseMillis", act.leaseMillis())
                    .put("validUntilMillis", act.validUntilMillis())
                    .put("destinationNames", act.destinationNames())
                    .set("plan", PathPlanJson.json(act.plan()));
        } else if (message instanceof RunMessage.Progress progress) {
            json.put("worker", progress.worker()).put("seq", progress.seq()).put("planId", progress.planId());
            if (!progress.largeFile().isEmpty()) {
                json.put("largeFile", progress.largeFile());
            }
        } else if (message instanceof RunMessage.Result result) {
            json.put("worker", result.worker()).put("seq", result.seq()).put("planId", result.planId());
            PlanResultJson.put(json, result.result());
        }
        return json;
    }

    private static String type(RunMessage message) {
        if (message instanceof RunMessage.Act act) {
            return switch (act.plan().stage()) {
                case TRANSFER -> "transfer";
                case SUPERSEDED, VANISHED -> "removal";
            };
        }
        String name = message.getClass().getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static RunMessage message(JsonNode json) {
        RunMessage.About about = new RunMessage.About(
                text(json, "sync"),
                text(json, "runId"),
                number(json, "epoch"),
                text(json, "options"),
                text(json, "roots"));
        String type = text(json, "type");
        return switch (type) {
            case "runStarted" -> new RunMessage.RunStarted(about);
            case "transfer", "removal" -> act(json, about);
            case "scanEnded" -> new RunMessage.ScanEnded(about);
            case "runEnded" -> new RunMessage.RunEnded(about);
            case "progress" ->
                new RunMessage.Progress(
                        about,
                        text(json, "worker"),
                        number(json, "seq"),
                        number(json, "planId"),
                        json.has("largeFile") ? text(json, "largeFile") : "");
            case "result" ->
                new RunMessage.Result(
                        about,
                        text(json, "worker"),
                        number(json, "seq"),
                        number(json, "planId"),
                        PlanResultJson.result(json));
            default -> throw new IllegalArgumentException(WHAT + " has no type " + shown(type));
        };
    }

    private static RunMessage act(JsonNode json, RunMessage.About about) {
        return new RunMessage.Act(
                about,
                number(json, "seq"),
                (int) Math.max(0, Math.min(number(json, "attempt"), Integer.MAX_VALUE)),
                number(json, "leaseMillis"),
                number(json, "validUntilMillis"),
                number(json, "destinationNames"),
                PathPlanJson.plan(member(json, "plan")));
    }
}
