package io.github.camelb2.emulator.state.account;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

/**
 * Rebuilds an account from whatever is left of it: what is readable of the journal, the cards of keys and buckets, the headers of content. The
 * newer one wins. The old journal is kept under another name, and content that nobody knows is set aside, not deleted.
 */
final class Repair {

    private static final Logger LOG = LoggerFactory.getLogger(Repair.class);

    private final AccountDirectory directory;
    private final Account account;
    private final ContentStore store;
    private final Cards cards;
    private final Replay replay;

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

        long age() {
            return Long.parseLong(file, 36);
        }
    }

    /** The rebuilt journal, ready for new records. */
    Account.Opened repair(Durability durability) throws IOException {
        ContentStore.Inventory inventory = store.inventory();
        int damaged = readJournal();
        int restored = readCards() + readHeaders(inventory);
        int lost = dropWithoutContent(inventory);
        List<String> unknown = inventory.content().stream()
                .filter(file -> !store.isUsed(file))
                .sorted()
                .toList();
        Files.deleteIfExists(directory.snapshot());
        keepOldJournal();
        Journal journal = Journal.open(directory.journal(), 0, durability);
        journal.rewrite(account::records);
        store.settle(inventory);
        for (String file : unknown) {
            store.setAside(file);
        }
        LOG.warn(
                "Repaired {}: {} damaged lines of the journal, {} keys, buckets, versions and parts restored from what they say"
                        + " themselves, {} dropped because their content is missing, {} files of content moved to unclaimed",
                directory.path(),
                damaged,
                restored,
                lost,
                unknown.size());
        return new Account.Opened(journal, 0);
    }

    private int readJournal() throws IOException {
        int[] damaged = {0};
        Journal.replay(directory.journal(), 0, replay, (line, cause) -> {
            damaged[0]++;
            LOG.warn("Line {} of the journal is damaged: {}", line, cause.getMessage());
        });
        return damaged[0];
    }

    private int readCards() throws IOException {
        int restored = 0;
        for (JsonNode card : cards.read()) {
            String id = card.path("id").asText();
            boolean known = account.keys().find(id) != null || account.buckets().find(id) != null;
            boolean entity = !card.path("t").asText().equals("account");
            if (entity && !known && !replay.isGone(id) && apply(card)) {
                restored++;
            }
        }
        return restored;
    }

    private int readHeaders(ContentStore.Inventory inventory) throws IOException {
        List<Found> found = new ArrayList<>();
        Set<String> files = new TreeSet<>(inventory.content());
        files.addAll(inventory.incoming());
        for (String file : files) {
            store.header(file).ifPresent(header -> found.add(new Found(file, header)));
        }
        // Of two headers for one version or part, the one that was written later says how it is now. Parts need their
        // file.
        found.sort(Comparator.comparing(Found::isPart).thenComparingLong(Found::age));
        int restored = 0;
        for (Found one : found) {
            if (isNews(one)) {
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
        return content.files().allMatch(inventory::has) && store.isWhole(content);
    }

    private void keepOldJournal() throws IOException {
        if (Files.exists(directory.journal())) {
            Path kept = directory.replacedJournal();
            Files.move(directory.journal(), kept);
            LOG.warn("The old journal is kept as {}", kept);
        }
    }
}
