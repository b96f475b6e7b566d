// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.transfer;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.fault.FaultAction;
import io.github.camelb2.emulator.http.call.EncryptionJson;
import io.github.camelb2.emulator.http.call.FileRequest;
import io.github.camelb2.emulator.http.call.Views;
import io.github.camelb2.emulator.http.wire.Reply;
import io.github.camelb2.emulator.http.wire.Request;
import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.Encryption;
import io.github.camelb2.emulator.state.account.Account;
import io.github.camelb2.emulator.state.file.FileVersion;
import io.github.camelb2.emulator.state.key.ApplicationKey;
import io.github.camelb2.emulator.state.large.LargeFiles;
import io.github.camelb2.emulator.state.large.Part;

/** {@code b2_upload_part}. */
public final class UploadPart implements UploadTicketUse.Upload {

    private final Account account;

    public UploadPart(Account account) {
        this.account = account;
    }

    @Override
    public Reply handle(Request request, String fileId, ApplicationKey key) throws IOException {
        FileVersion file = account.largeFiles().get(fileId);
        key.requireName(file.bucketId(), file.name());
        if (request.faults().has(FaultAction.CloseVault.class)) {
            account.largeFiles().closeVault(fileId);
        }
        account.largeFiles().requireVault(fileId);
        int number = partNumber(FileRequest.number(request.header("X-Bz-Part-Number"), "part number"));
        requireKey(file.stored().encryption(), EncryptionJson.findCustomer(request));
        String sha1 = Receiver.checkHeaders(request, Receiver.Verification.REQUIRED);
        if (request.contentLength() == 0) {
            throw B2Error.badRequest("A part must have at least one byte");
        }
        Receiver.Received received = new Receiver(account.store()).receive(request, sha1);
        Part part = store(fileId, number, received);
        return Reply.json(Views.uploadedPart(fileId, part, file));
    }

    private Part store(String fileId, int number, Receiver.Received received) {
        boolean stored = false;
        try {
            Part part =
                    account.largeFiles().putPart(fileId, number, received.content(), received.sha1(), received.md5());
            stored = true;
            return part;
        } finally {
            if (!stored) {
                account.store().release(received.content());
            }
        }
    }

    public static int partNumber(@Nullable Long number) {
        if (number == null) {
            throw B2Error.badRequest("A part number is needed");
        }
        if (number < 1 || number > LargeFiles.MAX_PARTS) {
            throw B2Error.badRequest("Part number must be 1 to " + LargeFiles.MAX_PARTS + ", not " + number);
        }
        return number.intValue();
    }

    /** Every part of a file with a customer key must bring that key. */
    public static void requireKey(Encryption ofFile, @Nullable Encryption given) {
        ofFile.requireSameKey(given == null ? Encryption.NONE : given);
    }
}
