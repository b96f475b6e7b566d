// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.account;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.camelb2.emulator.store.Cards;
import io.github.camelb2.emulator.store.ContentStore;
import io.github.camelb2.emulator.store.JournalReader;

/** Finds out which account a directory holds: its id is part of all others. */
final class AccountId {

    private static final int DIGITS = 12;

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
        for (Cards.Card card : cards.read().cards()) {
            if (card.kind().equals("account") && isId(card.id())) {
                return Optional.of(card.id());
            }
        }
        Optional<String> somewhere = anywhereIn(directory);
        if (somewhere.isPresent()) {
            return somewhere;
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
        Optional<JsonNode> first = new JournalReader(directory.journal()).first();
        if (first.isEmpty()) {
            // Not even the first record was written to its end.
            return Optional.empty();
        }
        Optional<String> id = first.filter(record -> record.path("t").asText().equals("account"))
                .map(record -> record.path("id").asText())
                .filter(AccountId::isId);
        if (id.isEmpty() && !repair) {
            throw directory.refusal("the journal " + directory.journal() + " does not begin with an account");
        }
        return id;
    }

    /** The id in any record that is readable: those of buckets begin with it. */
    private static Optional<String> anywhereIn(AccountDirectory directory) throws IOException {
        List<String> ids = new ArrayList<>();
        new JournalReader(directory.journal())
                .salvage(
                        0,
                        (record, serial) -> {
                            String id = record.path("id").asText();
                            switch (record.path("t").asText()) {
                                case "account" -> ids.add(id);
                                case "bucket" -> ids.add(id.substring(0, Math.min(DIGITS, id.length())));
                                case "key" ->
                                    ids.add(id.substring(Math.min(3, id.length()), Math.min(3 + DIGITS, id.length())));
                                default -> {
                                    // Only these say it plainly.
                                }
                            }
                        },
                        (line, problem) -> {
                            // The repair itself tells of damage.
                        });
        return ids.stream().filter(AccountId::isId).findFirst();
    }

    private static boolean isId(String id) {
        return id.matches("[0-9a-f]{12}");
    }
}
