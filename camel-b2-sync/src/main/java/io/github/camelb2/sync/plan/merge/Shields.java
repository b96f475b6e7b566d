// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.merge;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The names seen so far at or under which nothing may be done, as far as names still to come can be under them.
 *
 * <p>Names arrive in order, so a shield that is not a prefix of the current name never matters again: at most one shield
 * for each character of a name is alive.
 */
public final class Shields {
    private record Shield(String path, String below, boolean coversItself) {}

    private final Deque<Shield> alive = new ArrayDeque<>();

    /** Covers the name and everything below it. */
    public void coverNameAndBelow(String path) {
        forgetBefore(path);
        alive.push(new Shield(path, below(path), true));
    }

    /** Covers what is below the name, not the name. */
    void coverBelow(String path) {
        forgetBefore(path);
        alive.push(new Shield(path, below(path), false));
    }

    /** Whether a name is covered; names are asked for in order. */
    boolean covers(String path) {
        forgetBefore(path);
        for (Shield shield : alive) {
            if (path.startsWith(shield.below()) || (shield.coversItself() && path.equals(shield.path()))) {
                return true;
            }
        }
        return false;
    }

    /** How many shields are alive. */
    public int size() {
        return alive.size();
    }

    private void forgetBefore(String path) {
        while (!alive.isEmpty() && !path.startsWith(alive.peek().path())) {
            alive.pop();
        }
    }

    private static String below(String path) {
        return path.isEmpty() ? "" : path + "/";
    }
}
