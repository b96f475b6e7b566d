// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.account;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.state.Core;
import io.github.camelb2.emulator.state.Encryption;
import io.github.camelb2.emulator.state.Names;
import io.github.camelb2.emulator.state.Records;
import io.github.camelb2.emulator.state.bucket.Bucket;
import io.github.camelb2.emulator.state.bucket.BucketRecord;
import io.github.camelb2.emulator.state.bucket.Buckets;
import io.github.camelb2.emulator.state.file.ChangeListener;
import io.github.camelb2.emulator.state.file.FileRecord;
import io.github.camelb2.emulator.state.file.FileVersion;
import io.github.camelb2.emulator.state.file.Files;
import io.github.camelb2.emulator.state.file.ReplicationStatus;
import io.github.camelb2.emulator.state.key.ApplicationKey;
import io.github.camelb2.emulator.state.key.Capabilities;
import io.github.camelb2.emulator.state.key.KeyRecord;
import io.github.camelb2.emulator.state.key.Keys;
import io.github.camelb2.emulator.state.large.LargeFiles;
import io.github.camelb2.emulator.state.large.Part;
import io.github.camelb2.emulator.state.large.PartRecord;
import io.github.camelb2.emulator.state.token.AccountTokens;
import io.github.camelb2.emulator.state.token.DownloadGrants;
import io.github.camelb2.emulator.state.token.UploadTickets;
import io.github.camelb2.emulator.store.Cards;
import io.github.camelb2.emulator.store.Content;
import io.github.camelb2.emulator.store.ContentStore;
import io.github.camelb2.emulator.store.Durability;
import io.github.camelb2.emulator.store.Journal;

/** One B2 account on disk: opened from a directory, with everything that was in it. Safe for use by many threads. */
public final class Account implements AutoCloseable {

    /** Records that need the files to be there. */
    private static final Set<String> ABOUT_FILES = Set.of("part", "replication");

    private final String id;
    private final ContentStore store;
    private final Core core;
    private final Keys keys;
    private final Files files;
    private final Buckets buckets;
    private final LargeFiles largeFiles;
    private final ReplicationStatus replication;
    private final AccountTokens tokens;
    private final UploadTickets uploads;
    private final DownloadGrants downloads;
    private final Limits limits;
    private final AccountDirectory directory;
    private @Nullable Journal journal;
    private @Nullable Snapshots snapshots;

    private Account(String id, Core core, ContentStore store, AccountDirectory directory, Limits limits) {
        this.id = id;
        this.store = store;
        this.core = core;
        this.keys = new Keys(core, id);
        this.files = new Files(core);
        this.replication = new ReplicationStatus(core, files);
        this.buckets = new Buckets(core, files, id, limits.maxBuckets(), limits.defaultEncryption());
        this.largeFiles = new LargeFiles(core, files, limits.minPartSize());
        this.tokens = new AccountTokens(core, keys);
        this.uploads = new UploadTickets(core, keys);
        this.downloads = new DownloadGrants(core);
        this.limits = limits;
        this.directory = directory;
    }

    /**
     * What an account is limited to.
     *
     * @param minPartSize the least size of a part that is not the last, in bytes
     * @param maxBuckets how many buckets it may have
     * @param defaultEncryption how new buckets are encrypted that say nothing of it
     * @param names which file names are accepted
     * @param customTimestamps whether uploads may name their time
     */
    public record Limits(
            long minPartSize,
            int maxBuckets,
            Encryption defaultEncryption,
            Names.Rules names,
            CustomTimestamps customTimestamps) {}

    /** Whether uploads may name their time, which B2 allows only to accounts that asked for it. */
    public enum CustomTimestamps {
        ALLOWED,
        REFUSED
    }

    /**
     * How it is kept.
     *
     * @param durability what a promise is kept through
     * @param repair whether to rebuild the journal first, from what is left of the account
     * @param lasting whether anybody will open it again, and be glad of a snapshot
     * @param keeping what is done with the bytes of uploads
     */
    public record Storage(Durability durability, boolean repair, boolean lasting, ContentStore.Keeping keeping) {}

    /**
     * Opens the account below a directory, or makes one with a master key. A journal that is missing or damaged, or that does not fit the content,
     * is an {@link IOException}, and nothing was changed; unless it is to be repaired.
     */
    public static Account open(Path path, InstantSource clock, Limits limits, Storage storage) throws IOException {
        AccountDirectory directory = AccountDirectory.lock(path);
        boolean opened = false;
        try {
            ContentStore store = ContentStore.open(path, storage.durability(), storage.keeping());
            Cards cards = new Cards(path, storage.durability());
            Optional<String> known = AccountId.find(directory, cards, store, storage.repair());
            Account account =
                    new Account(known.orElseGet(AccountId::random), new Core(clock, store), store, directory, limits);
            boolean fresh = known.isEmpty();
            account.begin(
                    storage.repair()
                            ? new Repair(directory, account, cards).repair(storage.durability())
                            : new Opening(directory, account, cards, storage.durability(), fresh).open(),
                    cards,
                    storage.lasting());
            opened = true;
            return account;
        } finally {
            if (!opened) {
                directory.close();
            }
        }
    }

    /**
     * What was opened.
     *
     * @param journal ready for new records
     * @param covered how many bytes of it are in the snapshot
     * @param gone which keys and buckets it says are gone, and since which change
     */
    record Opened(Journal journal, long covered, Map<String, Long> gone) {}

    private void begin(Opened opened, Cards cards, boolean lasting) throws IOException {
        journal = opened.journal();
        if (keys.list().isEmpty()) {
            keys.create("master", Capabilities.ALL, null, null, null, 1);
            opened.journal().rewrite(this::records);
        }
        cards.follow(entities(), opened.gone(), opened.journal().position().last());
        core.journal(opened.journal(), cards);
        if (lasting) {
            snapshots = new Snapshots(directory, opened.journal(), opened.covered(), this::state);
            snapshots.start();
        }
    }

    /** Takes a snapshot now, instead of when it is worthwhile. */
    void takeSnapshot() throws IOException {
        Objects.requireNonNull(snapshots, "nobody opens this account again").take();
    }

    private Snapshots.State state() {
        synchronized (core) {
            List<ObjectNode> records = entities();
            for (FileVersion file : files.unfinished()) {
                largeFiles.parts(file.id()).forEach(part -> records.add(PartRecord.write(file.id(), part)));
            }
            replication.records(records::add);
            return new Snapshots.State(Objects.requireNonNull(journal).position(), records, files.packed());
        }
    }

    /** Makes the account what it was when the snapshot was taken. */
    void restore(Snapshot snapshot, Replay replay) {
        List<ObjectNode> aboutFiles = new ArrayList<>();
        for (ObjectNode record : snapshot.records()) {
            if (ABOUT_FILES.contains(record.get("t").textValue())) {
                aboutFiles.add(record);
            } else {
                replay.read(record, snapshot.last());
            }
        }
        files.restore(snapshot.files());
        files.unfinished().forEach(largeFiles::restore);
        aboutFiles.forEach(record -> replay.read(record, snapshot.last()));
    }

    /** Records of everything that the account has. */
    void records(Consumer<ObjectNode> out) {
        entities().forEach(out);
        for (Bucket bucket : buckets.list()) {
            for (FileVersion file : files.all(bucket.id())) {
                out.accept(FileRecord.write(file));
                if (file.action() == FileVersion.Action.START) {
                    largeFiles.parts(file.id()).forEach(part -> out.accept(PartRecord.write(file.id(), part)));
                }
            }
        }
        replication.records(out);
    }

    /** Records of what has no content: the account, its keys, its buckets. */
    private List<ObjectNode> entities() {
        List<ObjectNode> entities = new ArrayList<>();
        entities.add(Records.of("account").put("id", id).put("sequence", core.lastSequence()));
        keys.list().forEach(key -> entities.add(KeyRecord.write(key)));
        buckets.list().stream()
                .filter(bucket -> !bucket.isSynthetic())
                .forEach(bucket -> entities.add(BucketRecord.write(bucket)));
        return entities;
    }

    /** Every version of every bucket. */
    List<FileVersion> versions() {
        return buckets.list().stream()
                .flatMap(bucket -> files.all(bucket.id()).stream())
                .toList();
    }

    /** The contents of all versions and of all parts. */
    void forEachContent(Consumer<Content> use) {
        files.forEachContent(use);
        for (FileVersion file : files.unfinished()) {
            largeFiles.parts(file.id()).forEach(part -> use.accept(part.content()));
        }
    }

    /** Gives a version that was stored before there were headers one, and its parts if it is unfinished. */
    void addHeaders(FileVersion file) throws IOException {
        Content content = addHeader(file, file.content(), named -> FileRecord.write(file.withContent(named)));
        files.put(file.withContent(content));
        if (file.action() == FileVersion.Action.START) {
            for (Part part : largeFiles.parts(file.id())) {
                Content kept =
                        addHeader(file, part.content(), named -> PartRecord.write(file.id(), part.withContent(named)));
                store.retain(part.content());
                largeFiles.restore(file.id(), part.withContent(kept));
            }
        }
    }

    private Content addHeader(FileVersion file, Content content, Function<Content, ObjectNode> record)
            throws IOException {
        String bucketName = files.bucketName(file.bucketId());
        Content kept = store.addHeader(content, named -> Core.header(bucketName, record.apply(named)));
        if (!Objects.equals(kept.card(), content.card())) {
            store.publish(kept);
        }
        return kept;
    }

    void sequenceAtLeast(long used) {
        core.sequenceAtLeast(used);
    }

    /** Adds a bucket whose files are generated. */
    public Bucket addSynthetic(String bucketName, long count) {
        return buckets.createSynthetic(bucketName, count);
    }

    /** How far replicated files have come. */
    public ReplicationStatus replication() {
        return replication;
    }

    /** From now on this listener, too, hears of every change to a file. */
    public void onChange(ChangeListener listener) {
        files.onChange(listener);
    }

    public ApplicationKey masterKey() {
        return keys.list().get(0);
    }

    public String id() {
        return id;
    }

    public Limits limits() {
        return limits;
    }

    public long now() {
        return core.now();
    }

    public ContentStore store() {
        return store;
    }

    public Keys keys() {
        return keys;
    }

    public Files files() {
        return files;
    }

    public Buckets buckets() {
        return buckets;
    }

    public LargeFiles largeFiles() {
        return largeFiles;
    }

    public AccountTokens tokens() {
        return tokens;
    }

    public UploadTickets uploads() {
        return uploads;
    }

    public DownloadGrants downloads() {
        return downloads;
    }

    @Override
    public void close() throws IOException {
        try {
            if (snapshots != null) {
                snapshots.close();
            }
            if (journal != null) {
                journal.close();
            }
        } finally {
            directory.close();
        }
    }
}
