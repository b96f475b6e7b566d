// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.request;

import java.util.List;
import java.util.Objects;

import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.transfer.copy.Piece;

/**
 * The request of {@code concatenateFiles}.
 *
 * @param file what is stored beside the content
 * @param pieces the content, one piece after the other
 */
public record ConcatenateRequest(UploadFile file, List<Piece> pieces) {
    public ConcatenateRequest {
        Objects.requireNonNull(file, "file");
        pieces = List.copyOf(pieces);
        if (pieces.isEmpty()) {
            throw new IllegalArgumentException("concatenateFiles needs at least one piece");
        }
    }
}
