// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.bucket;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.model.file.FilePage;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.file.Utf8Order;
import io.github.camelb2.sync.action.Hidden;

/** Looks at what lies below the markers of many names: neighbours share a listing. */
final class MarkerLook {
    /** One transaction, as a question for one name would be. */
    private static final int FIRST = 1_000;

    private static final int NEXT = 10_000;

    private final NewestVersions.Lister lister;
    private final UnaryOperator<String> nameOf;

    /** @param nameOf tells the name of a path in the bucket */
    MarkerLook(NewestVersions.Lister lister, UnaryOperator<String> nameOf) {
        this.lister = lister;
        this.nameOf = nameOf;
    }

    /** Those whose marker lies on a version that nobody had planned for. */
    List<Hidden> mistakes(List<Hidden> hidden) {
        List<Hidden> sorted = new ArrayList<>(hidden);
        sorted.sort(Comparator.comparing(this::name, Utf8Order.INSTANCE));
        Deque<Hidden> left = new ArrayDeque<>(sorted);
        List<Hidden> mistakes = new ArrayList<>();
        int count = FIRST;
        while (!left.isEmpty()) {
            int before = left.size();
            takeFrom(lister.list(name(left.element()), count), left, mistakes);
            count = before - left.size() > FIRST / 10 ? NEXT : FIRST;
        }
        return mistakes;
    }

    /** Judges what a page tells, and always the name that it begins with: its markers lie on top. */
    private void takeFrom(FilePage page, Deque<Hidden> left, List<Hidden> mistakes) {
        Map<String, List<FileVersion>> versions = new HashMap<>();
        for (FileVersion version : page.files()) {
            versions.computeIfAbsent(version.fileName(), name -> new ArrayList<>())
                    .add(version);
        }
        boolean isFirst = true;
        while (!left.isEmpty() && (isFirst || isWhole(name(left.element()), page.nextFileName()))) {
            isFirst = false;
            Hidden one = left.remove();
            if (one.liesOnAnother(versions.getOrDefault(name(one), List.of()))) {
                mistakes.add(one);
            }
        }
    }

    private static boolean isWhole(String name, @Nullable String next) {
        return next == null || Utf8Order.INSTANCE.compare(name, next) < 0;
    }

    private String name(Hidden hidden) {
        return nameOf.apply(hidden.plan().path());
    }
}
