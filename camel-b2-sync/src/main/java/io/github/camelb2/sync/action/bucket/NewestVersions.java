// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.bucket;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.model.file.FilePage;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.file.Utf8Order;

/**
 * The newest versions of names that are asked for one after the other, as before removals: one listing answers for all
 * names of its page, for a few seconds. Thread-safe.
 */
final class NewestVersions {
    /** Older answers are not trusted: somebody may have stored something meanwhile. */
    private static final Duration TRUSTED = Duration.ofSeconds(10);

    /** One transaction, as a question for one name would be. */
    private static final int FIRST = 1_000;

    private static final int NEXT = 10_000;
    private static final int PAGES = 2;

    /** Asks for a page of all versions from a name on. */
    interface Lister {
        FilePage list(String fromName, int count);
    }

    private static final class Page {
        private final String from;
        private final long askedMillis;
        /** What was changed by this run since the page was asked for. */
        private final Set<String> changed = new HashSet<>();

        private final Map<String, FileVersion> newest = new HashMap<>();
        private @Nullable String next;
        private int answers;
        private boolean isFilled;

        private Page(String from, long askedMillis) {
            this.from = from;
            this.askedMillis = askedMillis;
        }

        private boolean covers(String name) {
            if (!isFilled) {
                return false;
            }
            boolean isBefore = Utf8Order.INSTANCE.compare(name, from) < 0;
            boolean isBehind = next != null && Utf8Order.INSTANCE.compare(name, next) >= 0;
            return !isBefore && !changed.contains(name) && (!isBehind || newest.containsKey(name));
        }

        private void fill(FilePage page) {
            for (FileVersion version : page.files()) {
                if (!version.unfinished()) {
                    newest.putIfAbsent(version.fileName(), version);
                }
            }
            next = page.nextFileName();
            isFilled = true;
        }
    }

    private final Lister lister;
    private final Function<String, Optional<FileVersion>> single;
    private final InstantSource clock;
    /** Who asks while another listing is under way waits for that: its answer is most likely the one. Guards the next. */
    private final Object asking = new Object();

    /** Names that are going to be asked for, in their order. Guarded by itself, for a moment only. */
    private final Set<String> expected = new LinkedHashSet<>();

    /** Guarded by itself, for a moment only. */
    private final Deque<Page> pages = new ArrayDeque<>();

    /** @param single asks for one name */
    NewestVersions(Lister lister, Function<String, Optional<FileVersion>> single, InstantSource clock) {
        this.lister = lister;
        this.single = single;
        this.clock = clock;
    }

    /**
     * A name is going to be asked for. Whoever asks for a later one first has the page asked for that this one needs, so
     * that as many pages are asked for by many threads as by one.
     */
    void expect(String name) {
        synchronized (expected) {
            expected.add(name);
        }
    }

    /** A name was asked for, or will not be. */
    void forget(String name) {
        synchronized (expected) {
            expected.remove(name);
        }
    }

    /** The newest version or hide marker of a name, as of a few seconds ago; empty when there is none. */
    Optional<FileVersion> find(String name) {
        synchronized (asking) {
            for (String earlier : expectedBefore(name)) {
                if (covering(earlier).isEmpty()) {
                    ask(earlier);
                }
            }
            forget(name);
            Optional<Page> known = covering(name);
            if (known.isPresent()) {
                return answer(known.get(), name);
            }
            Page page = ask(name);
            synchronized (pages) {
                if (page.covers(name)) {
                    return answer(page, name);
                }
            }
        }
        // It was changed meanwhile, or a page is not enough for it.
        return single.apply(name);
    }

    private List<String> expectedBefore(String name) {
        synchronized (expected) {
            return expected.contains(name)
                    ? expected.stream().takeWhile(one -> !one.equals(name)).toList()
                    : List.of();
        }
    }

    private Page ask(String name) {
        Page page = begin(name);
        FilePage listed = lister.list(name, isWorthMore() ? NEXT : FIRST);
        synchronized (pages) {
            page.fill(listed);
        }
        return page;
    }

    private Optional<Page> covering(String name) {
        synchronized (pages) {
            return pages.stream()
                    .filter(page -> clock.millis() - page.askedMillis < TRUSTED.toMillis())
                    .filter(page -> page.covers(name))
                    .findFirst();
        }
    }

    private Page begin(String name) {
        Page page = new Page(name, clock.millis());
        synchronized (pages) {
            pages.addFirst(page);
            if (pages.size() > PAGES + 1) {
                pages.removeLast();
            }
        }
        return page;
    }

    private boolean isWorthMore() {
        synchronized (pages) {
            return pages.stream().anyMatch(page -> page.answers > FIRST / 10);
        }
    }

    private Optional<FileVersion> answer(Page page, String name) {
        synchronized (pages) {
            page.answers++;
            return Optional.ofNullable(page.newest.get(name));
        }
    }

    /** This run has stored, hidden or deleted a version of that name. */
    void changed(String name) {
        synchronized (pages) {
            pages.forEach(page -> page.changed.add(name));
        }
    }
}
