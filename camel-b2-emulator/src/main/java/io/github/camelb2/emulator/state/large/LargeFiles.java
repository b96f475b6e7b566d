// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.large;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.Core;
import io.github.camelb2.emulator.state.file.FileIds;
import io.github.camelb2.emulator.state.file.FileVersion;
import io.github.camelb2.emulator.state.file.Files;
import io.github.camelb2.emulator.state.file.NewFile;
import io.github.camelb2.emulator.state.file.Page;
import io.github.camelb2.emulator.store.Content;

/** Large files between start and finish. Safe for use by many threads. */
public final class LargeFiles {

    /** The highest part number. */
    public static final int MAX_PARTS = 10_000;

    private final Core core;
    private final Files files;
    private final long minPartSize;
    /** Unfinished files in the order in which they were started; guarded by {@code core}. */
    private final NavigableMap<Long, String> started = new TreeMap<>();
    /** The parts of each unfinished file by number; guarded by {@code core}. */
    private final Map<String, NavigableMap<Integer, Part>> parts = new HashMap<>();

    /** Unfinished files whose vault takes no more uploads; guarded by {@code core}. */
    private final Set<String> vaultless = new HashSet<>();

    public LargeFiles(Core core, Files files, long minPartSize) {
        this.core = core;
        this.files = files;
        this.minPartSize = minPartSize;
    }

    public FileVersion start(NewFile file) {
        synchronized (core) {
            FileVersion version = files.start(file);
            restore(version);
            return version;
        }
    }

    public void restore(FileVersion version) {
        started.put(version.key().sequence(), version.id());
        parts.put(version.id(), new TreeMap<>());
    }

    /** The unfinished file with this id, or {@code 400 No active upload}. */
    public FileVersion get(String fileId) {
        FileIds.checkLarge(fileId);
        synchronized (core) {
            FileVersion version = files.find(fileId);
            if (version == null || version.action() != FileVersion.Action.START) {
                throw B2Error.badRequest("No active upload for: " + fileId);
            }
            return version;
        }
    }

    /** From now on no part of this file is taken: its vault is closed, and only a file that is started anew gets another one. */
    public void closeVault(String fileId) {
        synchronized (core) {
            vaultless.add(get(fileId).id());
        }
    }

    /**
     * Refuses a part whose file's vault is closed.
     *
     * @see <a href="https://github.com/Backblaze/B2_Command_Line_Tool/issues/531">What B2 answers then</a>
     */
    public void requireVault(String fileId) {
        synchronized (core) {
            if (vaultless.contains(fileId)) {
                throw new B2Error(
                        503, "service_unavailable", "No uploads available in vault " + FileIds.vaultOf(fileId));
            }
        }
    }

    /** Stores a part in place of an earlier one with that number; its content's one user passes over to it. */
    public Part putPart(String fileId, int number, Content content, String sha1, String md5) {
        synchronized (core) {
            FileVersion version = get(fileId);
            Part part = new Part(number, content, sha1, md5, core.now());
            Content kept = core.log(
                    content,
                    files.bucketName(version.bucketId()),
                    named -> PartRecord.write(fileId, part.withContent(named)));
            restore(fileId, part.withContent(kept));
            return part;
        }
    }

    public void restore(String fileId, Part part) {
        Part replaced = partsOf(fileId).put(part.number(), part);
        if (replaced != null) {
            core.store().release(replaced.content());
        }
    }

    /** How many unfinished files a bucket has. */
    public long count(String bucketId) {
        synchronized (core) {
            return parts.keySet().stream()
                    .filter(id -> FileIds.bucketOf(id).filter(bucketId::equals).isPresent())
                    .count();
        }
    }

    /** The parts of an unfinished file in order of their numbers. */
    public List<Part> parts(String fileId) {
        synchronized (core) {
            get(fileId);
            return new ArrayList<>(partsOf(fileId).values());
        }
    }

    /** Unfinished files of a bucket, the oldest first, from {@code startFileId} on if that is given. */
    public Page unfinished(String bucketId, String prefix, @Nullable String startFileId, int count) {
        synchronized (core) {
            long from = startFileId == null ? 0 : FileIds.sequenceOf(startFileId);
            List<FileVersion> page = new ArrayList<>();
            for (String fileId : started.tailMap(from, true).values()) {
                FileVersion file = files.find(fileId);
                if (file == null
                        || !file.bucketId().equals(bucketId)
                        || !file.name().startsWith(prefix)) {
                    continue;
                }
                if (page.size() >= count) {
                    return Page.before(page, file);
                }
                page.add(file);
            }
            return Page.last(page);
        }
    }

    /** Makes a file of the parts; {@code sha1s} must name every one of them in order. */
    public FileVersion finish(String fileId, List<String> sha1s) {
        synchronized (core) {
            FileVersion version = get(fileId);
            List<Part> all = new ArrayList<>(partsOf(fileId).values());
            requireComplete(all, sha1s);
            requireSizes(all);
            Content content = Content.join(all.stream().map(Part::content).toList());
            FileVersion finished = files.finish(version, file -> file.finished(content));
            started.remove(version.key().sequence());
            parts.remove(fileId);
            vaultless.remove(fileId);
            all.forEach(part -> core.store().dropCard(content, part.content()));
            return finished;
        }
    }

    private static void requireComplete(List<Part> all, List<String> sha1s) {
        if (sha1s.size() < 2) {
            throw B2Error.badRequest("large files must have at least 2 parts");
        }
        if (all.size() > sha1s.size()) {
            throw new B2Error(
                    400, "missing_part", all.size() + " parts were uploaded, but " + sha1s.size() + " are named");
        }
        for (int i = 0; i < sha1s.size(); i++) {
            if (i >= all.size() || all.get(i).number() != i + 1) {
                throw new B2Error(400, "missing_part", "Part number " + (i + 1) + " has not been uploaded");
            }
            if (!all.get(i).sha1().equals(sha1s.get(i))) {
                throw new B2Error(
                        400,
                        "part_sha1_mismatch",
                        "Part number " + (i + 1) + " has a different SHA-1 than the one given");
            }
        }
    }

    private void requireSizes(List<Part> all) {
        for (Part part : all.subList(0, all.size() - 1)) {
            if (part.content().length() < minPartSize) {
                throw B2Error.badRequest("Part number " + part.number() + " is smaller than " + minPartSize + " bytes");
            }
        }
    }

    /** Gives an unfinished file up with all its parts. */
    public FileVersion cancel(String fileId) {
        synchronized (core) {
            FileVersion version = get(fileId);
            files.remove(version);
            forget(version);
            return version;
        }
    }

    /** Drops the parts of a file that is deleted or was finished; unknown files are none of its business. */
    public void forget(FileVersion version) {
        synchronized (core) {
            started.remove(version.key().sequence());
            vaultless.remove(version.id());
            NavigableMap<Integer, Part> dropped = parts.remove(version.id());
            if (dropped != null) {
                dropped.values().forEach(part -> core.store().release(part.content()));
            }
        }
    }

    /** Drops parts of an unfinished file that are found not to be there, and says how many. */
    public int dropParts(String fileId, Predicate<Part> missing) {
        List<Part> dropped = partsOf(fileId).values().stream().filter(missing).toList();
        dropped.forEach(part -> {
            partsOf(fileId).remove(part.number());
            core.store().release(part.content());
        });
        return dropped.size();
    }

    private NavigableMap<Integer, Part> partsOf(String fileId) {
        NavigableMap<Integer, Part> known = parts.get(fileId);
        if (known == null) {
            throw B2Error.badRequest("No active upload for: " + fileId);
        }
        return known;
    }
}
