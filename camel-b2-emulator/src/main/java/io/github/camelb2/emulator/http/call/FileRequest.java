// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.call;

import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.http.wire.Request;
import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.JsonFields;
import io.github.camelb2.emulator.state.Names;
import io.github.camelb2.emulator.state.account.Account;
import io.github.camelb2.emulator.state.file.ObjectLock;
import io.github.camelb2.emulator.state.file.Protection;
import io.github.camelb2.emulator.state.key.ApplicationKey;

/** What uploads, starts and copies check alike. */
public final class FileRequest {

    private FileRequest() {}

    /** Retention and legal hold in JSON. */
    public static Protection protection(JsonFields fields, ApplicationKey key, long now) {
        ObjectNode retention = fields.findObject("fileRetention");
        Protection protection = Protection.NONE;
        if (retention != null) {
            JsonFields asked = JsonFields.of("fileRetention", retention, Set.of("mode", "retainUntilTimestamp"));
            protection =
                    retention(protection, asked.findText("mode"), asked.findNumber("retainUntilTimestamp"), key, now);
        }
        return legalHold(protection, fields.findText("legalHold"), key);
    }

    /** Retention and legal hold in headers. */
    public static Protection protection(Request request, ApplicationKey key, long now) {
        Protection protection = retention(
                Protection.NONE,
                request.header("X-Bz-File-Retention-Mode"),
                number(request.header("X-Bz-File-Retention-Retain-Until-Timestamp"), "retention time"),
                key,
                now);
        return legalHold(protection, request.header("X-Bz-File-Legal-Hold"), key);
    }

    private static Protection retention(
            Protection protection, @Nullable String mode, @Nullable Long until, ApplicationKey key, long now) {
        if (mode == null && until == null) {
            return protection;
        }
        key.require("writeFileRetentions");
        return protection.withRetention(mode, ObjectLock.checkRetention(mode, until, now));
    }

    private static Protection legalHold(Protection protection, @Nullable String hold, ApplicationKey key) {
        if (hold == null) {
            return protection;
        }
        key.require("writeFileLegalHolds");
        return protection.withLegalHold(ObjectLock.checkLegalHold(hold));
    }

    /** A custom upload time, which must not lie in the future. */
    public static @Nullable Long timestamp(@Nullable String text, Account account) {
        if (text != null && account.limits().customTimestamps() == Account.CustomTimestamps.REFUSED) {
            throw new B2Error(400, "custom_timestamp_not_allowed", "Custom upload timestamps are not enabled");
        }
        Long time = number(text, "custom upload timestamp");
        if (time != null && (time < 0 || time > account.now())) {
            throw new B2Error(400, "custom_timestamp_invalid", "Custom upload timestamp is not in the past: " + time);
        }
        return time;
    }

    public static @Nullable Long number(@Nullable String text, String what) {
        if (text == null) {
            return null;
        }
        if (!text.matches("\\d{1,18}")) {
            throw B2Error.badRequest("invalid " + what + ": " + text);
        }
        return Long.parseLong(text);
    }

    public static Map<String, String> info(@Nullable Map<String, String> info) {
        Map<String, String> checked = Names.checkInfo(info == null ? Map.of() : info);
        checkExpires(checked.get("b2-expires"));
        checkGrammar(checked, "b2-content-disposition", "[A-Za-z0-9!#$%&'*+.^_`|~-]+\\s*(;.*)?");
        checkGrammar(checked, "b2-content-language", "[A-Za-z0-9*-]+(\\s*,\\s*[A-Za-z0-9*-]+)*");
        checkGrammar(checked, "b2-content-encoding", "[A-Za-z0-9!#$%&'*+.^_`|~-]+(\\s*,\\s*[A-Za-z0-9.+_-]+)*");
        return checked;
    }

    private static void checkExpires(@Nullable String date) {
        if (date == null) {
            return;
        }
        try {
            DateTimeFormatter.RFC_1123_DATE_TIME.parse(date);
        } catch (DateTimeException e) {
            throw B2Error.badRequest("b2-expires is not an RFC 1123 date: " + date);
        }
    }

    private static void checkGrammar(Map<String, String> info, String key, String pattern) {
        String value = info.get(key);
        if (value != null && !value.matches(pattern)) {
            throw B2Error.badRequest("invalid value of " + key + ": " + value);
        }
    }
}
