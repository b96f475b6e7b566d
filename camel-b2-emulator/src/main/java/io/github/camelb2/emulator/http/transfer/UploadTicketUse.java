// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.transfer;

import java.io.IOException;

import io.github.camelb2.emulator.http.wire.Reply;
import io.github.camelb2.emulator.http.wire.Request;
import io.github.camelb2.emulator.http.wire.Route;
import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.account.Account;
import io.github.camelb2.emulator.state.key.ApplicationKey;
import io.github.camelb2.emulator.state.token.UploadTickets.Outcome;
import io.github.camelb2.emulator.state.token.UploadTickets.Ticket;

/** Both kinds of upload: one at a time on a token, whose URL dies with an upload that broke. */
public final class UploadTicketUse implements Route {

    private final Account account;
    private final Upload upload;

    public UploadTicketUse(Account account, Upload upload) {
        this.account = account;
        this.upload = upload;
    }

    /** What an upload does once its token was accepted. */
    @FunctionalInterface
    interface Upload {
        Reply handle(Request request, String target, ApplicationKey key) throws IOException;
    }

    @Override
    public Reply handle(Request request) throws IOException {
        if (!request.method().equals("POST")) {
            throw new B2Error(405, "method_not_allowed", "Only POST is supported");
        }
        String rest = request.target().rest();
        int slash = rest.indexOf('/');
        if (slash < 0) {
            throw B2Error.badRequest("not an upload URL: " + rest);
        }
        String target = rest.substring(0, slash);
        Ticket ticket = account.uploads().begin(request.header("Authorization"), target, rest.substring(slash + 1));
        Outcome outcome = Outcome.BROKE;
        try {
            Reply reply = upload.handle(request, target, key(ticket));
            outcome = Outcome.USABLE;
            return reply;
        } catch (B2Error e) {
            boolean broke = e.status() >= 500 || e.status() == 408 || request.isBrokenOff();
            outcome = broke ? Outcome.BROKE : Outcome.USABLE;
            throw e;
        } finally {
            account.uploads().end(ticket, outcome);
        }
    }

    private ApplicationKey key(Ticket ticket) {
        ApplicationKey key = account.keys().find(ticket.keyId());
        if (key == null) {
            throw B2Error.expiredToken();
        }
        return key;
    }
}
