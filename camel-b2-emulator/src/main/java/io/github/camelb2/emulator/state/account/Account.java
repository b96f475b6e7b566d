package io.github.camelb2.emulator.state.account;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

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
import io.github.camelb2.emulator.store.ContentStore;
import io.github.camelb2.emulator.store.Journal;

/** One B2 account on disk: opened from a directory, with everything that was in it. Safe for use by many threads. */
public final class Account implements AutoCloseable {

    private final String id;
    private final ContentStore store;
    private final Core core;
    private final Keys keys;
    private final Files files;
    private final Buckets buckets;
    private final LargeFiles largeFiles;
    private final AccountTokens tokens;
    private final UploadTickets uploads;
    private final DownloadGrants downloads;
    private final Journal journal;
    private final FileChannel lock;
    private final Limits limits;

    private Account(String id, Core core, ContentStore store, Journal journal, FileChannel lock, Limits limits) {
        this.id = id;
        this.store = store;
        this.core = core;
        this.keys = new Keys(core, id);
        this.files = new Files(core);
        this.buckets = new Buckets(core, files, id, limits.maxBuckets(), limits.defaultEncryption());
        this.largeFiles = new LargeFiles(core, files, limits.minPartSize());
        this.tokens = new AccountTokens(core, keys);
        this.uploads = new UploadTickets(core, keys);
        this.downloads = new DownloadGrants(core);
        this.journal = journal;
        this.lock = lock;
        this.limits = limits;
    }

    /**
     * What an account is limited to.
     *
     * @param minPartSize the least size of a part that is not the last, in bytes
     * @param maxBuckets how many buckets it may have
     * @param defaultEncryption how new buckets are encrypted that say nothing of it
     * @param names which file names are accepted
     */
    public record Limits(long minPartSize, int maxBuckets, Encryption defaultEncryption, Names.Rules names) {}

    /** Opens the account below a directory, or makes one with a master key. */
    public static Account open(Path directory, InstantSource clock, Limits limits) throws IOException {
        FileChannel lock = lock(directory);
        ContentStore store = ContentStore.open(directory);
        Path journalFile = directory.resolve("journal.jsonl");
        String id = Journal.first(journalFile)
                .map(first -> first.get("id").textValue())
                .orElseGet(Account::newAccountId);
        Account account = new Account(id, new Core(clock, store), store, Journal.open(journalFile), lock, limits);
        Journal.replay(journalFile, account::replay);
        account.begin();
        return account;
    }

    // Two processes on one journal would write over each other.
    private static FileChannel lock(Path directory) throws IOException {
        java.nio.file.Files.createDirectories(directory);
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            throw new IOException("another emulator in this process uses " + directory, e);
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        if (!locked) {
            throw new IOException("another emulator uses " + directory);
        }
        return channel;
    }

    private static String newAccountId() {
        return java.util.HexFormat.of()
                .toHexDigits(new java.security.SecureRandom().nextLong())
                .substring(4);
    }

    private void begin() throws IOException {
        store.dropUnused();
        core.journal(journal);
        journal.rewrite(this::records);
        if (keys.list().isEmpty()) {
            keys.create("master", Capabilities.ALL, null, null, null, 1);
        }
    }

    private void records(Consumer<ObjectNode> out) {
        out.accept(Records.of("account").put("id", id));
        keys.list().forEach(key -> out.accept(KeyRecord.write(key)));
        for (Bucket bucket : buckets.list()) {
            out.accept(BucketRecord.write(bucket));
            for (FileVersion file : files.all(bucket.id())) {
                out.accept(FileRecord.write(file));
                if (file.action() == FileVersion.Action.START) {
                    largeFiles.parts(file.id()).forEach(part -> out.accept(PartRecord.write(file.id(), part)));
                }
            }
        }
    }

    private void replay(JsonNode entry) {
        switch (entry.get("t").textValue()) {
            case "key" -> keys.restore(KeyRecord.read(entry));
            case "keyGone" -> keys.remove(entry.get("id").textValue());
            case "bucket" -> buckets.restore(BucketRecord.read(entry));
            case "bucketGone" -> buckets.remove(entry.get("id").textValue());
            case "file" -> replayFile(FileRecord.read(entry));
            case "part" -> replayPart(entry.get("file").textValue(), PartRecord.read(entry));
            case "fileGone" -> replayGone(entry.get("id").textValue());
            default -> {
                // "account" was read before anything else.
            }
        }
    }

    private void replayFile(FileVersion file) {
        FileVersion before = files.find(file.id());
        if (before == null) {
            store.retain(file.stored().content());
        }
        files.put(file);
        boolean unfinished = file.action() == FileVersion.Action.START;
        if (unfinished && before == null) {
            largeFiles.restore(file);
        } else if (!unfinished && before != null) {
            largeFiles.restoreFinished(file);
        }
    }

    private void replayPart(String fileId, Part part) {
        FileVersion file = files.find(fileId);
        // A part that arrived while its file was being deleted.
        if (file == null || file.action() != FileVersion.Action.START) {
            return;
        }
        store.retain(part.content());
        largeFiles.restore(fileId, part);
    }

    private void replayGone(String fileId) {
        FileVersion file = files.find(fileId);
        if (file != null) {
            largeFiles.forget(file);
            files.remove(file);
        }
    }

    /** Adds a bucket whose files are generated. */
    public Bucket addSynthetic(String bucketName, long count) {
        return buckets.createSynthetic(bucketName, count);
    }

    /** From now on this listener hears of every change to a file. */
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
        journal.close();
        lock.close();
    }
}
