// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scrub;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.item.PathOrder;
import io.github.camelb2.sync.wire.OwnFile;

/**
 * Keeps a line for each version in a file, in the order of the listing, so that it is read beside the listing and never held:
 * of one name at a time. What a run finds is written at once to a second file; that of a run that was killed is merged in
 * by the next one.
 */
public final class FileScrubMemory implements ScrubMemory {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String BEGIN = "{\"scrub\":1,";
    private static final Pattern FIRST = Pattern.compile("\\{\"scrub\":1,\"place\":" + OwnFile.TEXT
            + ",\"pass\":-?\\d+,\"ended\":(?:true|false)(?:,\"next\":" + OwnFile.TEXT + ")?\\}");
    private static final Pattern OTHERS =
            Pattern.compile("\\{\"name\":" + OwnFile.TEXT + ",\"id\":" + OwnFile.TEXT + ",\"at\":-?\\d+\\}");
    /** Versions of one name that are remembered; the others are read again. */
    private static final int MOST_OF_A_NAME = 10_000;

    private final OwnFile own;
    private final OwnFile.Held held;
    private final Path file;
    private final Path unfinished;
    private final String place;
    private final Entries before;
    private final List<KnownDamage.One> unheard = new ArrayList<>();
    private long unheardCount;
    private Pass begun = Pass.NONE;
    private @Nullable BufferedWriter out;

    /**
     * Opens a file, or begins one.
     *
     * @param place what is read, as a user writes it
     * @throws IllegalArgumentException if there is something else of that name, or it is about another place
     */
    public FileScrubMemory(Path scrubFile, String place) throws IOException {
        this.own = new OwnFile("scrubFile", scrubFile, "no file of a scrub", OwnFile.Kind.ofLines(FIRST, OTHERS));
        this.file = own.file();
        this.unfinished = own.unfinished();
        this.place = place;
        this.held = own.hold();
        boolean isOpen = false;
        try {
            if (Files.exists(unfinished)) {
                mergeUnfinished();
            }
            this.before = new Entries(file);
            refuseOtherPlace();
            isOpen = true;
        } finally {
            if (!isOpen) {
                held.close();
            }
        }
    }

    private void refuseOtherPlace() throws IOException {
        if (!before.place.isEmpty() && !before.place.equals(place)) {
            before.close();
            throw new IllegalArgumentException("Option scrubFile=" + file + " is about " + before.place + ", not about "
                    + place + ": give each place a file of its own");
        }
    }

    /** A run was killed: what it found is as true as what was known before. */
    private void mergeUnfinished() throws IOException {
        Path merged = OwnFile.merged(file);
        try (Entries known = new Entries(file);
                Entries found = new Entries(unfinished);
                BufferedWriter both = Files.newBufferedWriter(merged, StandardCharsets.UTF_8)) {
            Entries newer = found.place.isEmpty() ? known : found;
            line(both, header(newer.place, newer.pass));
            while (known.name() != null || found.name() != null) {
                String name = first(known.name(), found.name());
                Map<String, Long> all = new LinkedHashMap<>(found.take(name));
                known.take(name)
                        .forEach((id, millis) ->
                                all.merge(id, millis, (one, other) -> Math.abs(one) >= Math.abs(other) ? one : other));
                for (Map.Entry<String, Long> one : all.entrySet()) {
                    line(both, entry(name, one.getKey(), one.getValue()));
                }
            }
        }
        Files.move(merged, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.delete(unfinished);
    }

    private static String first(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return one == null ? String.valueOf(other) : one;
        }
        return PathOrder.compare(one, other) <= 0 ? one : other;
    }

    @Override
    public Pass pass() {
        return before.pass;
    }

    @Override
    public void begin(Pass pass) throws IOException {
        begun = pass;
        out = Files.newBufferedWriter(unfinished, StandardCharsets.UTF_8);
        line(out, header(place, pass));
        String name = before.name();
        while (name != null && PathOrder.compare(name, pass.next()) < 0) {
            keepUnheard(name, before.take(name));
            name = before.name();
        }
    }

    @Override
    public long last(String name, String fileId) throws IOException {
        return before.taken(name, fileId);
    }

    @Override
    public void keep(String name, String fileId, long millis) throws IOException {
        if (out != null) {
            line(out, entry(name, fileId, millis));
        }
    }

    @Override
    public void keepRest() throws IOException {
        if (before.current != null) {
            keepUnheard(before.current, before.ofCurrent);
        }
        for (String name = before.name(); name != null; name = before.name()) {
            keepUnheard(name, before.take(name));
        }
    }

    private void keepUnheard(String name, Map<String, Long> entries) throws IOException {
        for (Map.Entry<String, Long> one : entries.entrySet()) {
            keep(name, one.getKey(), one.getValue());
            if (one.getValue() < 0) {
                unheardCount++;
                if (unheard.size() < ScrubReport.MAX_LISTED) {
                    unheard.add(new KnownDamage.One(name, one.getKey(), Instant.ofEpochMilli(-one.getValue())));
                }
            }
        }
    }

    @Override
    public KnownDamage unheard() {
        return new KnownDamage(unheardCount, List.copyOf(unheard));
    }

    @Override
    public void finish(Pass pass) throws IOException {
        if (out == null) {
            return;
        }
        out.close();
        out = null;
        if (!pass.equals(begun)) {
            // The header was written when that was not known.
            Path ended = file.resolveSibling(file.getFileName() + ".merged");
            try (Entries entries = new Entries(unfinished);
                    BufferedWriter all = Files.newBufferedWriter(ended, StandardCharsets.UTF_8)) {
                line(all, header(place, pass));
                for (String name = entries.name(); name != null; name = entries.name()) {
                    for (Map.Entry<String, Long> one : entries.take(name).entrySet()) {
                        line(all, entry(name, one.getKey(), one.getValue()));
                    }
                }
            }
            Files.move(ended, unfinished, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        before.close();
        own.replace();
    }

    @Override
    public void close() throws IOException {
        try (OwnFile.Held until = held) {
            before.close();
            if (out != null) {
                out.close();
            }
        }
    }

    private static String header(String place, Pass pass) {
        return BEGIN
                + MAPPER.createObjectNode()
                        .put("place", place)
                        .put("pass", pass.startMillis())
                        .put("ended", pass.isEnded())
                        .put("next", pass.next())
                        .toString()
                        .substring(1);
    }

    private static String entry(String name, String fileId, long millis) {
        return MAPPER.createObjectNode()
                .put("name", name)
                .put("id", fileId)
                .put("at", millis)
                .toString();
    }

    /** Each line goes to the system at once: a process that is killed has told what it found. */
    private static void line(BufferedWriter to, String text) throws IOException {
        to.write(text);
        to.write('\n');
        to.flush();
    }

    /** The entries of a file, name by name; a last line that was cut off ends it. */
    private static final class Entries implements AutoCloseable {
        private final @Nullable BufferedReader in;
        private String place = "";
        private Pass pass = Pass.NONE;
        private @Nullable JsonNode ahead;
        private @Nullable String current;
        private Map<String, Long> ofCurrent = new LinkedHashMap<>();

        Entries(Path file) throws IOException {
            // Not refused where a character was cut off: the line is none then.
            in = Files.exists(file)
                    ? new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))
                    : null;
            JsonNode header = read();
            if (header != null) {
                place = header.path("place").asText();
                pass = new Pass(
                        header.path("pass").asLong(),
                        header.path("ended").asBoolean(),
                        header.path("next").asText(""));
            }
            ahead = read();
        }

        private @Nullable JsonNode read() throws IOException {
            String line = in == null ? null : in.readLine();
            try {
                return line == null ? null : MAPPER.readTree(line);
            } catch (JsonProcessingException e) {
                // It was being written when its process was killed.
                return null;
            }
        }

        /** The next name; null at the end. */
        @Nullable
        String name() {
            return ahead == null ? null : ahead.path("name").asText();
        }

        /** The entries of the next name, if it is that one. */
        Map<String, Long> take(String name) throws IOException {
            Map<String, Long> entries = new LinkedHashMap<>();
            while (name.equals(name()) && ahead != null) {
                if (entries.size() < MOST_OF_A_NAME) {
                    entries.put(ahead.path("id").asText(), ahead.path("at").asLong());
                }
                ahead = read();
            }
            return entries;
        }

        /** Takes the entry of a version, 0 where there is none; names are asked for in their order. */
        long taken(String name, String fileId) throws IOException {
            if (!name.equals(current)) {
                String next = name();
                while (next != null && PathOrder.compare(next, name) < 0) {
                    take(next);
                    next = name();
                }
                current = name;
                ofCurrent = take(name);
            }
            Long millis = ofCurrent.remove(fileId);
            return millis == null ? 0 : millis;
        }

        @Override
        public void close() throws IOException {
            if (in != null) {
                in.close();
            }
        }
    }
}
