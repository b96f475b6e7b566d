// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Unmodifiable copies of what JSON brings: null becomes empty, and maps keep the order of their keys. */
public final class Copies {
    private Copies() {}

    /** A copy in the order of the original; null members are kept out. */
    public static <T> List<T> list(@Nullable List<? extends @Nullable T> original) {
        if (original == null) {
            return List.of();
        }
        List<T> copy = new ArrayList<>(original.size());
        for (T member : original) {
            if (member != null) {
                copy.add(member);
            }
        }
        return Collections.unmodifiableList(copy);
    }

    /** A copy in the order of the original; null values are kept out. */
    public static <V> Map<String, V> map(@Nullable Map<String, ? extends @Nullable V> original) {
        if (original == null || original.isEmpty()) {
            return Map.of();
        }
        if (original.size() == 1) {
            // One has no order, and listings bring millions of such.
            Map.Entry<String, ? extends @Nullable V> only =
                    original.entrySet().iterator().next();
            V value = only.getValue();
            return value == null ? Map.of() : Map.of(only.getKey(), value);
        }
        Map<String, V> copy = new LinkedHashMap<>();
        original.forEach((key, value) -> {
            if (value != null) {
                copy.put(key, value);
            }
        });
        return Collections.unmodifiableMap(copy);
    }

    /** As {@link #list}, but null stays null: the member of a request that is left out. */
    public static <T> @Nullable List<T> optionalList(@Nullable List<? extends @Nullable T> original) {
        return original == null ? null : list(original);
    }

    /** As {@link #map}, but null stays null: the member of a request that is left out. */
    public static <V> @Nullable Map<String, V> optionalMap(@Nullable Map<String, ? extends @Nullable V> original) {
        return original == null ? null : map(original);
    }

    /** A copy in the order of the original, null values included; null becomes empty. */
    public static Map<String, @Nullable Object> withNulls(@Nullable Map<String, @Nullable Object> original) {
        return original == null || original.isEmpty()
                ? Map.of()
                : Collections.unmodifiableMap(new LinkedHashMap<>(original));
    }

    public static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }
}
