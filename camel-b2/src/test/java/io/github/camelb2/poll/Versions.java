// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.util.Map;

import io.github.camelb2.client.model.file.Action;
import io.github.camelb2.client.model.file.FileVersion;

/** File versions as listings show them. */
public final class Versions {
    private Versions() {}

    public static FileVersion upload(String name, String id, long time) {
        return version(name, id, time, Action.UPLOAD);
    }

    public static FileVersion hide(String name, String id, long time) {
        return version(name, id, time, Action.HIDE);
    }

    public static FileVersion started(String name, String id, long time) {
        return version(name, id, time, Action.START);
    }

    public static FileVersion folder(String name) {
        return version(name, "", 0, Action.FOLDER);
    }

    private static FileVersion version(String name, String id, long time, Action action) {
        return new FileVersion(
                "account",
                action,
                "bucket",
                1,
                null,
                "none",
                "text/plain",
                id,
                Map.of(),
                name,
                null,
                null,
                null,
                null,
                time);
    }
}
