// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

import org.jspecify.annotations.Nullable;

/**
 * What keeps a version from being deleted.
 *
 * @param mode {@code governance}, {@code compliance}, or null
 * @param retainUntil milliseconds since 1970; with a mode only
 * @param legalHold {@code on}, {@code off}, or null if it was never set
 */
public record Protection(
        @Nullable String mode,
        @Nullable Long retainUntil,
        @Nullable String legalHold) {

    public static final Protection NONE = new Protection(null, null, null);

    public boolean isNone() {
        return mode == null && legalHold == null;
    }

    public Protection withRetention(@Nullable String newMode, @Nullable Long until) {
        return new Protection(newMode, until, legalHold);
    }

    public Protection withLegalHold(@Nullable String hold) {
        return new Protection(mode, retainUntil, hold);
    }

    /** Whether the version may go now; {@code bypass} says that the caller may override governance and asked to. */
    public boolean allowsDelete(long now, Bypass bypass) {
        if ("on".equals(legalHold)) {
            return false;
        }
        if (mode == null || retainUntil == null || retainUntil <= now) {
            return true;
        }
        return mode.equals("governance") && bypass == Bypass.GOVERNANCE;
    }

    /** Whether retention may be changed to this. */
    public boolean allowsRetention(@Nullable String newMode, @Nullable Long until, long now, Bypass bypass) {
        if (mode == null || retainUntil == null || retainUntil <= now) {
            return true;
        }
        boolean longer = until != null && until >= retainUntil;
        if (mode.equals("compliance")) {
            return longer && "compliance".equals(newMode);
        }
        return (longer && newMode != null) || bypass == Bypass.GOVERNANCE;
    }

    /** Whether the caller may, and asked to, override governance. */
    public enum Bypass {
        NONE,
        GOVERNANCE
    }
}
