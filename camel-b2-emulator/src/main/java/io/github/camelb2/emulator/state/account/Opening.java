// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.account;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.emulator.json.Json;
import io.github.camelb2.emulator.state.file.FileVersion;
import io.github.camelb2.emulator.store.Cards;
import io.github.camelb2.emulator.store.ContentStore;
import io.github.camelb2.emulator.store.Durability;
import io.github.camelb2.emulator.store.Journal;
import io.github.camelb2.emulator.store.JournalReader;

/**
 * Opens an account that an earlier process left, however that ended: first everything is read and compared, and only when journal and content
 * agree is anything changed.
 *
 * <p>What a kill leaves behind is no disagreement: the beginning of a record, a body that was being received, content whose record or whose
 * deletion was being written. Content that was promised, but that the journal does not name, is one, and so is content that it names in vain.
 */
final class Opening {

    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    private final AccountDirectory directory;
    private final JournalReader journal;
    private final Account account;
    private final ContentStore store;
    private final Cards cards;
    private final Durability durability;

    private final boolean fresh;

    /** {@code fresh}: whether the journal has no records. */
    Opening(AccountDirectory directory, Account account, Cards cards, Durability durability, boolean fresh) {
        this.directory = directory;
        this.journal = new JournalReader(directory.journal());
        this.account = account;
        this.store = account.store();
        this.cards = cards;
        this.durability = durability;
        this.fresh = fresh;
    }

    /** The journal, ready for new records, with the account in the state that it describes. */
    Account.Opened open() throws IOException {
        ContentStore.Inventory inventory = store.inventory();
        if (fresh) {
            requireNothing(inventory);
        }
        Replay replay = new Replay(account);
        Cards.Known known = cards.read();
        // Without the list of what was deleted it is made again, from the whole journal.
        Optional<Snapshot> taken = known.knowsGone() ? Snapshot.read(directory) : Optional.empty();
        JournalReader.Extent extent = check(taken.map(Snapshot::last).orElse(-1L));
        Optional<Snapshot> snapshot = Optional.empty();
        if (taken.isPresent() && taken.get().isOf(extent, directory)) {
            snapshot = taken;
        }
        snapshot.ifPresent(used -> account.restore(used, replay));
        long covered = snapshot.flatMap(used -> extent.mark())
                .map(JournalReader.Mark::end)
                .orElse(0L);
        journal.replay(covered, replay, this::refuse);
        // One record may be completed, but not from what stands behind others that are lost.
        requireAll(extent, extent.tail().length > 0 ? 1 : 0);
        Optional<ObjectNode> cut = completed(extent, inventory, replay);
        requireAll(extent, cut.isPresent() ? 1 : 0);
        Leftovers leftovers = leftovers(inventory, replay);
        requireContent(inventory);
        requireEntities(known, replay, extent);

        store.settle(inventory);
        leftovers.clear(store);
        Journal opened;
        if (extent.sealed()) {
            opened = Journal.open(directory.journal(), extent, durability);
            cut.ifPresent(opened::append);
        } else {
            if (known.isEmpty()) {
                addHeaders();
            }
            // From now on damage to it is noticed.
            opened = Journal.create(directory.journal(), 0, account::records, durability);
        }
        return new Account.Opened(opened, extent.sealed() ? covered : 0, replay.entitiesGone());
    }

    private void requireNothing(ContentStore.Inventory inventory) throws IOException {
        if (!inventory.content().isEmpty()
                || !inventory.incoming().isEmpty()
                || !cards.read().isEmpty()) {
            String problem = Files.exists(directory.journal()) ? " is empty" : " is missing";
            throw directory.refusal("the journal " + directory.journal() + problem + ", but there are "
                    + inventory.content().size() + " files of content");
        }
    }

    private JournalReader.Extent check(long marked) throws IOException {
        return journal.check(marked, this::refuse);
    }

    private void refuse(long line, String problem) throws IOException {
        throw directory.refusal(
                "the journal " + directory.journal() + " is damaged in line " + line + " (" + problem + ")");
    }

    /** The journal says itself how many changes it has. */
    private void requireAll(JournalReader.Extent extent, int completed) throws IOException {
        long lost = extent.promised() - extent.position().last() - completed;
        if (lost > 0) {
            throw directory.refusal(
                    "the journal " + directory.journal() + " was cut off: it has lost its last " + lost + " records");
        }
    }

    /** The record of which the journal has only the beginning, if its content came to its place: somebody was told of it. */
    private Optional<ObjectNode> completed(JournalReader.Extent extent, ContentStore.Inventory inventory, Replay replay)
            throws IOException {
        if (extent.tail().length == 0) {
            return Optional.empty();
        }
        for (String file : unused(inventory.content())) {
            Optional<JsonNode> record = store.header(file).map(header -> header.path("record"));
            if (record.isPresent() && isPossible(record.get()) && isCutFrom(extent, record.get())) {
                replay.read(record.get());
                LOG.warn("The journal ended within a record, which was completed from content {}", file);
                return record.map(ObjectNode.class::cast);
            }
        }
        LOG.info("The journal ended within a record that nobody was told of: {} bytes", extent.tail().length);
        return Optional.empty();
    }

    private boolean isPossible(JsonNode record) {
        return switch (record.path("t").asText()) {
            case "file" -> account.buckets().find(record.path("bucket").asText()) != null;
            case "part" -> account.files().find(record.path("file").asText()) != null;
            default -> false;
        };
    }

    private static boolean isCutFrom(JournalReader.Extent extent, JsonNode record) {
        byte[] beginning = extent.tail();
        byte[] whole = extent.sealed()
                ? Journal.line((ObjectNode) record, extent.position().last() + 1)
                : Json.bytes(record);
        return beginning.length <= whole.length
                && java.util.Arrays.equals(beginning, 0, beginning.length, whole, 0, beginning.length);
    }

    private List<String> unused(Set<String> files) {
        return files.stream().filter(file -> !store.isUsed(file)).sorted().toList();
    }

    /**
     * Content without a user.
     *
     * @param deleted what may go, because the journal says so
     * @param unknown what says nothing about itself: its version was deleted while somebody read it, or it is older than headers
     */
    private record Leftovers(List<String> deleted, List<String> unknown) {

        void clear(ContentStore store) throws IOException {
            for (String file : deleted) {
                store.delete(file);
            }
            for (String file : unknown) {
                store.setAside(file);
            }
            if (!unknown.isEmpty()) {
                LOG.warn("Moved {} files that no version uses from content to unclaimed", unknown.size());
            }
        }
    }

    /** Content that somebody was promised, but that the journal does not know, is a reason to refuse. */
    private Leftovers leftovers(ContentStore.Inventory inventory, Replay replay) throws IOException {
        Leftovers leftovers = new Leftovers(new ArrayList<>(), new ArrayList<>());
        List<String> unclaimed = new ArrayList<>();
        for (String file : unused(inventory.content())) {
            Optional<JsonNode> header = store.header(file);
            if (header.isEmpty()) {
                leftovers.unknown().add(file);
            } else if (isSuperseded(header.get(), replay)) {
                leftovers.deleted().add(file);
            } else {
                unclaimed.add(file);
            }
        }
        if (!unclaimed.isEmpty()) {
            throw directory.refusal("the journal " + directory.journal() + " does not name " + unclaimed.size()
                    + " files of content, for instance " + unclaimed.get(0)
                    + ": it was cut off, or is older than they are");
        }
        return leftovers;
    }

    private boolean isSuperseded(JsonNode header, Replay replay) {
        JsonNode record = header.path("record");
        if (record.path("t").asText().equals("fileGone")) {
            return true;
        }
        String id = record.path(record.path("t").asText().equals("part") ? "file" : "id")
                .asText();
        return replay.isGone(id) || account.files().find(id) != null;
    }

    private void requireContent(ContentStore.Inventory inventory) throws IOException {
        Set<String> missing = new TreeSet<>();
        account.forEachContent(content -> missing.addAll(store.damaged(content, inventory)));
        if (!missing.isEmpty()) {
            throw directory.refusal(
                    missing.size() + " files of content that the journal names are missing or were cut, for instance "
                            + missing.iterator().next());
        }
    }

    /** Keys and buckets have cards once the journal has them: a card that knows more shows that it lost something. */
    private void requireEntities(Cards.Known known, Replay replay, JournalReader.Extent extent) throws IOException {
        for (Cards.Card card : known.cards()) {
            boolean isThere = account.id().equals(card.id()) || isAlive(card.id());
            if (!isThere && !replay.isGone(card.id())) {
                throw directory.refusal("the journal " + directory.journal() + " does not name the " + card.kind() + " "
                        + card.id() + ": it was cut off, or is older than that");
            }
        }
        for (String id : known.gone().keySet()) {
            if (isAlive(id)) {
                throw directory.refusal("the journal " + directory.journal() + " does not know that " + id
                        + " was deleted: it was cut off, or is older than that");
            }
        }
        if (extent.sealed() && known.last() > extent.position().last()) {
            throw directory.refusal("the journal " + directory.journal() + " ends before the changes that the"
                    + " cards tell of: it was cut off, or is older than they are");
        }
    }

    private boolean isAlive(String id) {
        return account.keys().find(id) != null || account.buckets().find(id) != null;
    }

    /** What was stored before content had headers gets them, once. */
    private void addHeaders() throws IOException {
        for (FileVersion file : account.versions()) {
            account.addHeaders(file);
        }
        LOG.info("The content of {} has headers now", directory.path());
    }
}
