// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many users stored files have: versions, parts, running downloads. Almost every file has one, so only those with more cost memory. Safe for
 * use by many threads.
 */
final class Users {

    /** All users of all files while they are counted, that is until {@link #settle}; empty afterwards. */
    private final Map<String, Integer> counted = new HashMap<>();
    /** Those of the counted that are cards. */
    private final Set<String> cards = new HashSet<>();
    /** Users beyond the first. */
    private final Map<String, Integer> more = new HashMap<>();

    private long filesOfBytes;
    private boolean settled;

    /** From now on a file without an entry has one user. */
    synchronized void settle() {
        counted.forEach((file, users) -> {
            if (users > 1) {
                more.put(file, users - 1);
            }
        });
        cards.retainAll(counted.keySet());
        filesOfBytes = counted.size() - cards.size();
        counted.clear();
        cards.clear();
        settled = true;
    }

    synchronized boolean isSettled() {
        return settled;
    }

    /** Whether a file has users; until it is settled. */
    synchronized boolean isUsed(String file) {
        return counted.containsKey(file);
    }

    /** A file that has just come into being, with one user. */
    synchronized void first(Content content) {
        if (settled) {
            filesOfBytes += content.segments().stream()
                    .filter(segment -> !segment.isDiscarded())
                    .count();
        } else {
            retain(content);
        }
    }

    synchronized void retain(Content content) {
        Map<String, Integer> target = settled ? more : counted;
        for (Segment segment : content.segments()) {
            if (!segment.isDiscarded()) {
                target.merge(segment.file(), 1, Integer::sum);
            }
        }
        String card = content.card();
        if (card != null) {
            target.merge(card, 1, Integer::sum);
        }
        if (!settled && card != null) {
            cards.add(card);
        }
    }

    /** The files that have no users any more. */
    synchronized List<String> release(Content content) {
        List<String> unused = new ArrayList<>();
        content.files().forEach(file -> {
            Map<String, Integer> users = settled ? more : counted;
            Integer known = users.get(file);
            if (known == null) {
                unused.add(file);
            } else if (known == 1) {
                users.remove(file);
            } else {
                users.put(file, known - 1);
            }
        });
        if (!settled) {
            return List.of();
        }
        String card = content.card();
        filesOfBytes -= unused.stream().filter(file -> !file.equals(card)).count();
        return unused;
    }

    synchronized boolean isShared(String file) {
        return more.containsKey(file);
    }

    synchronized int filesOfBytes() {
        return (int) (settled ? filesOfBytes : counted.size() - cards.size());
    }
}
