package io.github.camelb2.emulator.state.account;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    private final Account account;
    private final ContentStore store;
    private final Cards cards;
    private final Durability durability;

    private final boolean fresh;

    /** {@code fresh}: whether the journal has no records. */
    Opening(AccountDirectory directory, Account account, Cards cards, Durability durability, boolean fresh) {
        this.directory = directory;
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
        Optional<Snapshot> snapshot = Snapshot.read(directory);
        snapshot.ifPresent(taken -> account.restore(taken, replay));
        long covered = snapshot.map(Snapshot::journalLength).orElse(0L);
        Journal.Extent extent = read(covered, replay);
        Optional<ObjectNode> cut = completed(extent, inventory, replay);
        Leftovers leftovers = leftovers(inventory, replay);
        requireContent(inventory);
        requireEntities(replay);
        boolean old = !fresh && !cards.exist();

        store.settle(inventory);
        leftovers.clear(store);
        Journal journal = Journal.open(directory.journal(), extent.length(), durability);
        cut.ifPresent(journal::append);
        if (old) {
            addHeaders(journal);
        }
        return new Account.Opened(journal, covered);
    }

    private void requireNothing(ContentStore.Inventory inventory) throws IOException {
        if (!inventory.content().isEmpty() || !inventory.incoming().isEmpty() || cards.exist()) {
            String problem = Files.exists(directory.journal()) ? " is empty" : " is missing";
            throw directory.refusal("the journal " + directory.journal() + problem + ", but there are "
                    + inventory.content().size() + " files of content");
        }
    }

    private Journal.Extent read(long from, Replay replay) throws IOException {
        String behind = from == 0 ? "" : " behind byte " + from;
        return Journal.replay(directory.journal(), from, replay, (line, cause) -> {
            throw directory.refusal("the journal " + directory.journal() + " is damaged in line " + line + behind + " ("
                    + cause.getMessage() + ")");
        });
    }

    /** The record of which the journal has only the beginning, if its content came to its place: somebody was told of it. */
    private Optional<ObjectNode> completed(Journal.Extent extent, ContentStore.Inventory inventory, Replay replay)
            throws IOException {
        if (extent.tail().length == 0) {
            return Optional.empty();
        }
        String beginning = new String(extent.tail(), StandardCharsets.UTF_8);
        for (String file : unused(inventory.content())) {
            Optional<JsonNode> record = store.header(file).map(header -> header.path("record"));
            if (record.isPresent() && isCutFrom(extent.tail(), record.get())) {
                replay.read(record.get());
                LOG.warn("The journal ended within a record, which was completed from content {}", file);
                return record.map(ObjectNode.class::cast);
            }
        }
        LOG.info("The journal ended within a record that nobody was told of: {} characters", beginning.length());
        return Optional.empty();
    }

    private static boolean isCutFrom(byte[] beginning, JsonNode record) {
        byte[] whole = Json.bytes(record);
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
        String id = record.path(record.path("t").asText().equals("part") ? "file" : "id")
                .asText();
        return replay.isGone(id) || account.files().find(id) != null;
    }

    private void requireContent(ContentStore.Inventory inventory) throws IOException {
        Set<String> missing = new TreeSet<>();
        account.forEachContent(
                content -> content.files().filter(file -> !inventory.has(file)).forEach(missing::add));
        if (!missing.isEmpty()) {
            throw directory.refusal(
                    missing.size() + " files of content that the journal names are missing, for instance "
                            + missing.iterator().next());
        }
    }

    /** Keys and buckets have cards once the journal has them: a card that it does not know shows that it lost something. */
    private void requireEntities(Replay replay) throws IOException {
        for (JsonNode card : cards.read()) {
            String id = card.path("id").asText();
            boolean known = account.id().equals(id)
                    || account.keys().find(id) != null
                    || account.buckets().find(id) != null
                    || replay.isGone(id);
            if (!known) {
                throw directory.refusal("the journal " + directory.journal() + " does not name the "
                        + card.path("t").asText() + " " + id + ": it was cut off, or is older than that");
            }
        }
    }

    /** What was stored before content had headers gets them, once. */
    private void addHeaders(Journal journal) throws IOException {
        for (FileVersion file : account.versions()) {
            account.addHeaders(file, journal);
        }
        LOG.info("The content of {} has headers now", directory.path());
    }
}
