// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.token;

import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.Core;
import io.github.camelb2.emulator.state.key.ApplicationKey;
import io.github.camelb2.emulator.state.key.Keys;
import io.github.camelb2.emulator.state.key.Secrets;

/**
 * Upload URLs and their tokens: each belongs to one bucket or one large file, serves one upload at a time, and dies after 24 hours or after an
 * upload that failed on the server's side. Safe for use by many threads.
 */
public final class UploadTickets {

    private static final long LIFETIME = Duration.ofHours(24).toMillis();

    private final Core core;
    private final Keys keys;
    /** By token; guarded by {@code core}. */
    private final TokenTable<Ticket> tickets = new TokenTable<>();
    /** Tokens of uploads under way; guarded by {@code core}. */
    private final Set<String> busy = new HashSet<>();

    public UploadTickets(Core core, Keys keys) {
        this.core = core;
        this.keys = keys;
    }

    /**
     * An upload URL and its token.
     *
     * @param token the token
     * @param target the bucket id or the large file's id
     * @param place the last segment of the URL, as B2 names one of its disks
     * @param keyId the key that asked for it
     */
    public record Ticket(String token, String target, String place, String keyId) {

        @Override
        public String toString() {
            return "Ticket[" + target + "/" + place + "]";
        }
    }

    public Ticket issue(String target, String keyId) {
        synchronized (core) {
            long n = core.nextSequence();
            String place = String.format(Locale.ROOT, "c001_v%07d_t%04d", 1_000 + n / 10_000, n % 10_000);
            Ticket ticket = new Ticket("4_" + Secrets.text(40) + "_upld", target, place, keyId);
            tickets.put(ticket.token(), ticket, core.now() + LIFETIME);
            return ticket;
        }
    }

    /** Begins the one upload that may use this token now. */
    public Ticket begin(@Nullable String token, String target, String place) {
        if (token == null) {
            throw B2Error.missingToken();
        }
        synchronized (core) {
            Ticket ticket = tickets.find(token, core.now());
            if (ticket == null
                    || !ticket.target().equals(target)
                    || !ticket.place().equals(place)) {
                throw B2Error.badToken("Invalid upload authorization token");
            }
            ApplicationKey key = keys.find(ticket.keyId());
            if (key == null || key.isExpired(core.now())) {
                throw B2Error.expiredToken();
            }
            if (!busy.add(token)) {
                throw new B2Error(400, "auth_token_limit", "more than one upload using auth token " + token);
            }
            return ticket;
        }
    }

    /** The upload is over; one that {@code BROKE} on the server's side takes its URL with it. */
    public void end(Ticket ticket, Outcome outcome) {
        synchronized (core) {
            busy.remove(ticket.token());
            if (outcome == Outcome.BROKE) {
                tickets.expire(ticket.token());
            }
        }
    }

    /** Makes one token useless. */
    public void expire(String token) {
        synchronized (core) {
            tickets.expire(token);
        }
    }

    public void expireAll() {
        synchronized (core) {
            tickets.expireAll();
        }
    }

    /** How an upload ended, as far as its URL is concerned. */
    public enum Outcome {
        USABLE,
        BROKE
    }
}
