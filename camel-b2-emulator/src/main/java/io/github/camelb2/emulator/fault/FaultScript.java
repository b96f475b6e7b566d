// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The fault language: rules, each on a line or ended by a semicolon.
 *
 * <pre>
 * rule       = CALL [file NAME] [occurrence] ":" action { "," action }
 * occurrence = "#3" | "#3-5" | "#3+" | "every 4" | "5%" ["seed 7"]
 * </pre>
 *
 * {@code CALL} is B2's name of a call, {@code *} in it stands for any text; {@code NAME} likewise. The actions are in {@link #action}.
 */
final class FaultScript {

    private static final Pattern RULE = Pattern.compile("(\\S+)\\s*(.*?)\\s*:\\s*(.+)");
    private static final Pattern FILE = Pattern.compile("file\\s+(\\S+)\\s*(.*)");
    private static final Pattern COUNTED = Pattern.compile("#(\\d+)(?:(\\+)|-(\\d+))?");
    private static final Pattern EVERY = Pattern.compile("every\\s+(\\d+)");
    private static final Pattern CHANCE = Pattern.compile("([0-9.]+)%(?:\\s+seed\\s+(-?\\d+))?");
    private static final Pattern STATUS = Pattern.compile("(status|reject)\\s+([1-5]\\d{2})(?:\\s+(.*))?");
    private static final Pattern RETRY_AFTER = Pattern.compile("(.*?)\\s*retry-after\\s+(.+)");
    private static final Pattern NUMBERED = Pattern.compile(
            "(drop|truncate|stall|flip|rate|delay|cut-json|gateway|redirect|slow-first-page|slow-finish)\\s*(request|response)?\\s*(\\d+)?\\s*(ms|s)?");

    private FaultScript() {}

    static List<FaultRule> parse(String script) {
        List<FaultRule> rules = new ArrayList<>();
        for (String line : script.split("[;\n]")) {
            if (!line.isBlank()) {
                rules.add(rule(line.strip()));
            }
        }
        return rules;
    }

    private static FaultRule rule(String text) {
        Matcher rule = match(RULE, text, "a rule reads \"CALL OCCURRENCE: ACTION\"", text);
        String selector = rule.group(2);
        Pattern file = null;
        Matcher named = FILE.matcher(selector);
        if (named.matches()) {
            file = glob(named.group(1));
            selector = named.group(2);
        }
        List<FaultAction> actions = new ArrayList<>();
        for (String action : rule.group(3)
                .split(
                        ",(?=\\s*(?:status|reject|gateway|redirect|drop|truncate|stall|cut|lose|delay|slow|hang|rate|expire|flip|empty|stuck|repeat|misorder|miss|duplicate|hold|close))")) {
            actions.add(action(action.strip(), text));
        }
        return new FaultRule(text, glob(rule.group(1)), file, occurrence(selector, text), actions);
    }

    private static Pattern glob(String text) {
        return Pattern.compile(Pattern.quote(text).replace("*", "\\E.*\\Q"), Pattern.DOTALL);
    }

    private static Occurrence occurrence(String selector, String rule) {
        if (selector.isEmpty()) {
            return new Occurrence.Always();
        }
        Matcher counted = COUNTED.matcher(selector);
        if (counted.matches()) {
            long first = Long.parseLong(counted.group(1));
            long last = counted.group(3) != null ? Long.parseLong(counted.group(3)) : first;
            return new Occurrence.Between(first, counted.group(2) != null ? Long.MAX_VALUE : last);
        }
        Matcher every = EVERY.matcher(selector);
        if (every.matches()) {
            return new Occurrence.Every(Math.max(1, Long.parseLong(every.group(1))));
        }
        Matcher chance = match(CHANCE, selector, "an occurrence reads #3, #3-5, #3+, every 4, or 5% seed 7", rule);
        long seed = chance.group(2) == null ? 1 : Long.parseLong(chance.group(2));
        return new Occurrence.Chance(Double.parseDouble(chance.group(1)) / 100, seed);
    }

    private static FaultAction action(String text, String rule) {
        switch (text) {
            case "hang":
                return new FaultAction.Hang();
            case "lose-answer":
                return new FaultAction.LoseAnswer();
            case "expire-token":
                return new FaultAction.ExpireToken();
            case "empty-page":
                return new FaultAction.EmptyPage();
            case "stuck-page":
                return new FaultAction.StuckPage();
            case "repeat-name":
                return new FaultAction.RepeatName();
            case "misorder-names":
                return new FaultAction.MisorderNames();
            case "miss-fresh":
                return new FaultAction.MissFresh();
            case "close-vault":
                return new FaultAction.CloseVault();
            case "lose":
                return new FaultAction.LoseEvent();
            case "duplicate":
                return new FaultAction.DuplicateEvent();
            case "hold":
                return new FaultAction.HoldEvent();
            default:
                Matcher status = STATUS.matcher(text);
                return status.matches() ? status(status) : numbered(text, rule);
        }
    }

    /** {@code status|reject NNN [CODE [MESSAGE]] [retry-after VALUE]}. */
    private static FaultAction status(Matcher parts) {
        String rest = parts.group(3) == null ? "" : parts.group(3);
        String retryAfter = null;
        Matcher after = RETRY_AFTER.matcher(rest);
        if (after.matches()) {
            rest = after.group(1);
            retryAfter = after.group(2);
        }
        int status = Integer.parseInt(parts.group(2));
        String[] words = rest.split("\\s+", 2);
        String code = words[0].isEmpty() ? usualCode(status) : words[0];
        String message = words.length > 1 ? words[1] : usualMessage(code);
        FaultAction.Reading reading =
                parts.group(1).equals("reject") ? FaultAction.Reading.NOTHING : FaultAction.Reading.WHOLE_BODY;
        return new FaultAction.Status(status, code, message, retryAfter, reading);
    }

    private static String usualCode(int status) {
        return switch (status) {
            case 400 -> "bad_request";
            case 401 -> "unauthorized";
            case 403 -> "cap_exceeded";
            case 404 -> "not_found";
            case 408 -> "request_timeout";
            case 409 -> "conflict";
            case 416 -> "range_not_satisfiable";
            case 429 -> "too_many_requests";
            case 503 -> "service_unavailable";
            default -> "internal_error";
        };
    }

    /** What B2 was last seen to say with a code. */
    private static String usualMessage(String code) {
        return switch (code) {
            case "service_unavailable" -> "no tomes available";
            case "internal_error" -> "incident id 5f1c0a7e3b2d-9c41e86d02a7b513";
            case "expired_auth_token" -> "Authorization token has expired";
            case "cap_exceeded" ->
                "Cannot upload files, storage cap exceeded. See the Caps & Alerts page to increase your cap.";
            case "download_cap_exceeded" ->
                "Cannot download file, download bandwidth or transaction (Class B) cap exceeded."
                        + " See the Caps & Alerts page to increase your cap.";
            case "transaction_cap_exceeded" ->
                "Transaction cap exceeded, see the Caps & Alerts page to increase your cap";
            default -> "Injected fault: " + code;
        };
    }

    private static FaultAction numbered(String text, String rule) {
        Matcher parts = match(NUMBERED, text, "unknown action \"" + text + "\"", rule);
        long number = parts.group(3) == null ? 0 : Long.parseLong(parts.group(3));
        String side = parts.group(2);
        return switch (parts.group(1)) {
            case "drop" ->
                "response".equals(side) ? new FaultAction.DropResponse(number) : new FaultAction.DropRequest(number);
            case "flip" ->
                "response".equals(side) ? new FaultAction.FlipResponse(number) : new FaultAction.FlipRequest(number);
            case "truncate" -> new FaultAction.Truncate(number);
            case "stall" ->
                "response".equals(side) ? new FaultAction.StallResponse(number) : new FaultAction.StallRequest(number);
            case "cut-json" -> new FaultAction.CutJson(parts.group(3) == null ? -1 : number);
            case "gateway" -> new FaultAction.Gateway(status(number, 400, 599, 502, rule));
            case "redirect" -> new FaultAction.Redirect(status(number, 300, 399, 302, rule));
            case "rate" -> new FaultAction.Rate(Math.max(1, number));
            case "slow-finish" -> new FaultAction.SlowFinish(time(number, parts.group(4)));
            case "slow-first-page" -> new FaultAction.SlowFirstPage(time(number, parts.group(4)));
            default -> new FaultAction.Delay(time(number, parts.group(4)));
        };
    }

    private static Duration time(long number, @Nullable String unit) {
        return "s".equals(unit) ? Duration.ofSeconds(number) : Duration.ofMillis(number);
    }

    private static int status(long given, int least, int most, int usual, String rule) {
        if (given == 0) {
            return usual;
        }
        if (given < least || given > most) {
            throw new IllegalArgumentException(
                    "fault rule \"" + rule + "\": the status must be " + least + " to " + most);
        }
        return (int) given;
    }

    private static Matcher match(Pattern pattern, String text, String problem, @Nullable String rule) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("fault rule \"" + rule + "\": " + problem);
        }
        return matcher;
    }
}
