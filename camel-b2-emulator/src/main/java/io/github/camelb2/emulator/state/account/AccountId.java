package io.github.camelb2.emulator.state.account;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import io.github.camelb2.emulator.json.Json;
import io.github.camelb2.emulator.store.Cards;
import io.github.camelb2.emulator.store.ContentStore;

/** Finds out which account a directory holds: its id is part of all others. */
final class AccountId {

    private static final int DIGITS = 12;
    private static final int MAX_RECORD = 64 * 1024;

    private AccountId() {}

    static String random() {
        return HexFormat.of().toHexDigits(new SecureRandom().nextLong()).substring(16 - DIGITS);
    }

    /** The id in the journal's first record, or, for a repair, wherever else it stands; empty if there is none. */
    static Optional<String> find(AccountDirectory directory, Cards cards, ContentStore store, boolean repair)
            throws IOException {
        Optional<String> first = inJournal(directory, repair);
        if (first.isPresent() || !repair) {
            return first;
        }
        for (JsonNode card : cards.read()) {
            String id = card.path("id").asText();
            if (card.path("t").asText().equals("account") && isId(id)) {
                return Optional.of(id);
            }
        }
        for (String file : store.inventory().content()) {
            String bucketId = store.header(file)
                    .map(header -> header.at("/record/bucket").asText())
                    .orElse("");
            if (bucketId.length() == 2 * DIGITS && isId(bucketId.substring(0, DIGITS))) {
                return Optional.of(bucketId.substring(0, DIGITS));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> inJournal(AccountDirectory directory, boolean repair) throws IOException {
        if (!Files.exists(directory.journal())) {
            return Optional.empty();
        }
        byte[] start;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(directory.journal()))) {
            start = in.readNBytes(MAX_RECORD);
        }
        int end = 0;
        while (end < start.length && start[end] != '\n') {
            end++;
        }
        if (end == start.length && end < MAX_RECORD) {
            // Not even the first record was written to its end.
            return Optional.empty();
        }
        Optional<String> id = inRecord(start, end);
        if (id.isEmpty() && !repair) {
            throw directory.refusal("the journal " + directory.journal() + " does not begin with an account");
        }
        return id;
    }

    private static Optional<String> inRecord(byte[] start, int end) throws IOException {
        try {
            JsonNode first = Json.read(start, 0, end);
            String id = first.path("id").asText();
            return first.path("t").asText().equals("account") && isId(id) ? Optional.of(id) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static boolean isId(String id) {
        return id.matches("[0-9a-f]{12}");
    }
}
