// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.account;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.emulator.state.bucket.Bucket;
import io.github.camelb2.emulator.state.file.FileVersion;
import io.github.camelb2.emulator.state.large.Part;
import io.github.camelb2.emulator.store.Cards;
import io.github.camelb2.emulator.store.Content;
import io.github.camelb2.emulator.store.ContentStore;
import io.github.camelb2.emulator.store.Durability;
import io.github.camelb2.emulator.store.Journal;
import io.github.camelb2.emulator.store.JournalReader;

/**
 * Rebuilds an account from whatever is left of it: the snapshot, what is readable of the journal, the cards of keys and buckets, the headers of
 * content. The newest one wins, and what is known to be deleted stays deleted. The old journal is kept under another name, and content that nobody
 * knows is set aside, not deleted.
 */
final class Repair {

    private static final Logger LOG = LoggerFactory.getLogger(Repair.class);

    private final AccountDirectory directory;
    private final Account account;
    private final ContentStore store;
    private final Cards cards;
    private final Replay replay;
    private int damaged;

    Repair(AccountDirectory directory, Account account, Cards cards) {
        this.directory = directory;
        this.account = account;
        this.store = account.store();
        this.cards = cards;
        this.replay = new Replay(account);
    }

    /** A header and the stored file that it was found in. */
    private record Found(String file, JsonNode header) {

        JsonNode record() {
            return header.path("record");
        }

        boolean isPart() {
            return record().path("t").asText().equals("part");
        }

        /** Whether it says that the version is gone whose bytes are in the file; they are there for others. */
        boolean isGone() {
            return record().path("t").asText().equals("fileGone");
        }

        long age() {
            return Long.parseLong(file, 36);
        }
    }

    /** The rebuilt journal, ready for new records. */
    Account.Opened repair(Durability durability) throws IOException {
        ContentStore.Inventory inventory = store.inventory();
        Cards.Known known = cards.read();
        long covered = readSnapshot();
        JournalReader.Salvaged salvaged = readJournal(covered);
        int restored = readCards(known);
        int removed = removeDeleted(known);
        restored += readHeaders(inventory, known);
        int lost = dropWithoutContent(inventory);
        List<String> unknown = inventory.content().stream()
                .filter(file -> !store.isUsed(file))
                .sorted()
                .toList();
        Files.deleteIfExists(directory.snapshot());
        keepOldJournal();
        // Numbers are never given out again, or an older card would pass for a newer one.
        long after = Math.max(Math.max(covered, salvaged.last()), Math.max(0, known.last()));
        Journal journal = Journal.create(directory.journal(), after, account::records, durability);
        store.settle(inventory);
        for (String file : unknown) {
            store.setAside(file);
        }
        LOG.warn(
                "Repaired {}: {} damaged lines of the journal, {} keys, buckets, versions and parts restored from what they say"
                        + " themselves, {} keys and buckets removed because they are known to be deleted, {} versions and parts dropped"
                        + " because their content is missing, {} files of content moved to unclaimed",
                directory.path(),
                damaged,
                restored,
                removed,
                lost,
                unknown.size());
        tellWhatNobodyKnows(known, salvaged);
        return new Account.Opened(journal, 0, replay.entitiesGone());
    }

    private void tellWhatNobodyKnows(Cards.Known known, JournalReader.Salvaged salvaged) {
        if (salvaged.lost() > 0) {
            LOG.warn(
                    "{} records of the journal are lost. Keys, buckets, versions and parts are as the newest that is left says; how far"
                            + " replication had come is written nowhere else",
                    salvaged.lost());
        }
        if (known.damaged() > 0) {
            LOG.warn(
                    "{} cards were damaged: keys and buckets that were on them are as the journal says",
                    known.damaged());
        }
        if (!known.knowsGone()) {
            LOG.warn(
                    "The list of deleted keys and buckets is missing or damaged: those whose deletion the journal does not have"
                            + " are there again. Look through them");
        }
    }

    /** Returns up to which change the account is restored; 0 if there is no snapshot that is whole. */
    private long readSnapshot() throws IOException {
        Optional<Snapshot> snapshot = Snapshot.read(directory);
        snapshot.ifPresent(taken -> account.restore(taken, replay));
        return snapshot.map(Snapshot::last).orElse(0L);
    }

    private JournalReader.Salvaged readJournal(long covered) throws IOException {
        return new JournalReader(directory.journal()).salvage(covered, replay, (line, problem) -> {
            damaged++;
            LOG.warn("Line {} of the journal is damaged: {}", line, problem);
        });
    }

    /** Keys and buckets as their cards say, where those are newer than what was read so far. */
    private int readCards(Cards.Known known) {
        int restored = 0;
        for (Cards.Card card : known.cards()) {
            if (card.kind().equals("account")) {
                apply(card.record());
                continue;
            }
            boolean isNews = replay.serialOf(card.id())
                    .map(serial -> serial < card.serial())
                    .orElse(true);
            if (isNews && !replay.isGone(card.id()) && apply(card.record())) {
                restored++;
            }
        }
        return restored;
    }

    /** Keys and buckets of which the journal lost the deletion. */
    private int removeDeleted(Cards.Known known) {
        int removed = 0;
        for (String id : known.gone().keySet()) {
            boolean isThere =
                    account.buckets().find(id) != null || account.keys().find(id) != null;
            if (account.buckets().isId(id)) {
                for (FileVersion file : account.files().all(id)) {
                    account.largeFiles().forget(file);
                    account.files().remove(file);
                }
                account.buckets().remove(id);
            } else {
                account.keys().remove(id);
            }
            removed += isThere ? 1 : 0;
        }
        return removed;
    }

    private int readHeaders(ContentStore.Inventory inventory, Cards.Known known) throws IOException {
        List<Found> found = new ArrayList<>();
        Set<String> files = new TreeSet<>(inventory.content());
        files.addAll(inventory.incoming());
        for (String file : files) {
            store.header(file).ifPresent(header -> found.add(new Found(file, header)));
        }
        // Of two headers for one version or part, the one that was written later says how it is now. Parts need their
        // file.
        found.sort(Comparator.comparing(Found::isPart).thenComparingLong(Found::age));
        found.stream().filter(Found::isGone).forEach(one -> apply(one.record()));
        int restored = 0;
        for (Found one : found) {
            String bucketId = one.record().path("bucket").asText();
            if (!known.gone().containsKey(bucketId) && isNews(one)) {
                requireBucket(one);
                if (apply(one.record())) {
                    restored++;
                }
            }
        }
        return restored;
    }

    private boolean isNews(Found found) {
        JsonNode record = found.record();
        if (found.isGone() || replay.isGone(record.path("bucket").asText())) {
            return false;
        }
        if (found.isPart()) {
            String fileId = record.path("file").asText();
            FileVersion file = account.files().find(fileId);
            return file != null
                    && file.action() == FileVersion.Action.START
                    && account.largeFiles().parts(fileId).stream()
                            .filter(part ->
                                    part.number() == record.path("number").asInt())
                            .map(Part::content)
                            .allMatch(content -> newest(content) < found.age());
        }
        FileVersion known = account.files().find(record.path("id").asText());
        return !replay.isGone(record.path("id").asText()) && (known == null || newest(known.content()) < found.age());
    }

    private static long newest(Content content) {
        return content.files().mapToLong(file -> Long.parseLong(file, 36)).max().orElse(-1);
    }

    /** Headers name the bucket, in case that nothing else does any more. */
    private void requireBucket(Found found) {
        String bucketId = found.record().path("bucket").asText();
        if (!found.isPart() && account.buckets().find(bucketId) == null) {
            String name = found.header().path("bucketName").asText();
            LOG.warn("Nothing is left of the settings of bucket {}: it is private now, and has none", name);
            account.buckets()
                    .restore(new Bucket(
                            bucketId,
                            name,
                            2,
                            Bucket.defaultSettings(
                                    "allPrivate", account.limits().defaultEncryption()),
                            -1));
        }
    }

    private boolean apply(JsonNode record) {
        try {
            replay.read(record);
            return true;
        } catch (RuntimeException e) {
            LOG.warn("Cannot use a record of type {}", record.path("t").asText(), e);
            return false;
        }
    }

    private int dropWithoutContent(ContentStore.Inventory inventory) {
        int dropped = 0;
        for (FileVersion file : account.versions()) {
            if (!isThere(file.content(), inventory)) {
                LOG.warn("The content of {} {} is missing, or was cut", file.name(), file.id());
                account.largeFiles().forget(file);
                account.files().remove(file);
                dropped++;
            } else if (file.action() == FileVersion.Action.START) {
                dropped += account.largeFiles().dropParts(file.id(), part -> !isThere(part.content(), inventory));
            }
        }
        return dropped;
    }

    private boolean isThere(Content content, ContentStore.Inventory inventory) {
        return store.damaged(content, inventory).isEmpty();
    }

    private void keepOldJournal() throws IOException {
        if (Files.exists(directory.journal())) {
            Path kept = directory.replacedJournal();
            Files.move(directory.journal(), kept);
            LOG.warn("The old journal is kept as {}", kept);
        }
    }
}
