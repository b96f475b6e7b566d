// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.PartLimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Pieces are written as a letter (L local, R remote) and a length in MB; parts as "copy R1[0+100]" or "send L0[0+5]
 * R1[0+1]", with the number of the piece and its range. The limits are B2's: 5 MB at least, 100 MB recommended, 5 GB at
 * most.
 */
class EmergePlanTest {
    private static final PartLimits B2 = new PartLimits(100, 5, 5_000, 10_000, 10_000_000);

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // alone
        "R3, copy R0[0+3]",
        "R100, copy R0[0+100]",
        "L3, send L0[0+3]",
        "L104, send L0[0+104]",
        "L105, send L0[0+100] | send L0[100+5]",
        "L510, send L0[0+100] | send L0[100+100] | send L0[200+100] | send L0[300+100] | send L0[400+100] | send L0[500+10]",
        // copies of several parts
        "R25000, copy R0[0+5000] | copy R0[5000+5000] | copy R0[10000+5000] | copy R0[15000+5000] | copy R0[20000+5000]",
        "R5001, copy R0[0+2501] | copy R0[2501+2500]",
        // each long enough for itself
        "R100 L100 R100 L100, copy R0[0+100] | send L1[0+100] | copy R2[0+100] | send L3[0+100]",
        "R100 R100, copy R0[0+100] | copy R1[0+100]",
        // short ones at the end may be parts of their own
        "R100 R1, copy R0[0+100] | copy R1[0+1]",
        "R100 L1, copy R0[0+100] | send L1[0+1]",
        // short ones elsewhere borrow from the next copy
        "R4 R100, send R0[0+4] R1[0+1] | copy R1[1+99]",
        "L1 R100, send L0[0+1] R1[0+4] | copy R1[4+96]",
        "L5 R100, send L0[0+5] | copy R1[0+100]",
        // or are downloaded when that leaves too little
        "L1 R8 L1, send L0[0+1] R1[0+8] L2[0+1]",
        "L1 R8, send L0[0+1] R1[0+4] | copy R1[4+4]",
        "L1 R4, send L0[0+1] R1[0+4]",
        "R4 R4 R4, send R0[0+4] R1[0+4] | copy R2[0+4]",
        "R100 R4 L100, copy R0[0+100] | send R1[0+4] L2[0+100]",
        "R100 R4 L200, copy R0[0+100] | send R1[0+4] L2[0+96] | send L2[96+104]",
        // many small ones become few parts
        "L60 L60 L60, send L0[0+60] L1[0+40] | send L1[40+20] L2[0+60]",
        // nothing in between
        "R100 L0 R100, copy R0[0+100] | copy R2[0+100]",
    })
    void piecesBecomeParts(String pieces, String parts) {
        assertThat(plan(pieces)).isEqualTo(parts);
    }

    /** Where the part that is aimed at is the longest one, a rest must not be left over before a copy. */
    @ParameterizedTest
    @CsvSource({
        "L5001 R100",
        "L5004 R100",
        "L9999 R100",
        "L10003 R100",
        "L5003 R3 L5003 R100",
        "R4 L4999 R4 R5001 L1 R9"
    })
    void noPartButTheLastIsTooShortOrTooLong(String pieces) {
        List<EmergePlan.EmergedPart> parts =
                EmergePlan.of(fragments(pieces), new PartLimits(5_000, 5, 5_000, 10_000, 10_000_000));

        assertThat(parts.subList(0, parts.size() - 1)).allMatch(part -> part.length() >= 5);
        assertThat(parts).allMatch(part -> part.length() <= 5_000);
    }

    @Test
    void noBytesAreNoParts() {
        assertThat(plan("L0 R0")).isEmpty();
    }

    @Test
    void aLongFileHasNoMorePartsThanB2Takes() {
        List<EmergePlan.EmergedPart> parts = EmergePlan.of(fragments("L1000100"), B2);

        assertThat(parts).hasSizeLessThan(10_000);
        assertThat(parts.stream().mapToLong(EmergePlan.EmergedPart::length).sum())
                .isEqualTo(1_000_100);
    }

    @Test
    void piecesThatAreTooLongTogetherAreRefused() {
        assertThatThrownBy(() -> EmergePlan.of(fragments("R9999999 L2"), B2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the pieces have 10000001 bytes together, more than the 10000000 that B2 takes as one file");
    }

    private static String plan(String pieces) {
        List<EmergePlan.Fragment> fragments = fragments(pieces);
        List<Piece> order = fragments.stream().map(EmergePlan.Fragment::piece).toList();
        return EmergePlan.of(fragments, B2).stream()
                .map(part -> (part.way() == EmergePlan.EmergedPart.Way.COPIED ? "copy " : "send ")
                        + part.fragments().stream()
                                .map(it -> (it.isRemote() ? "R" : "L") + index(order, it.piece()) + "[" + it.offset()
                                        + "+" + it.length() + "]")
                                .collect(Collectors.joining(" ")))
                .collect(Collectors.joining(" | "));
    }

    private static int index(List<Piece> order, Piece piece) {
        for (int i = 0; i < order.size(); i++) {
            if (order.get(i) == piece) {
                return i;
            }
        }
        throw new IllegalStateException("no piece of the plan");
    }

    private static List<EmergePlan.Fragment> fragments(String pieces) {
        List<EmergePlan.Fragment> fragments = new ArrayList<>();
        for (String piece : pieces.split(" ")) {
            Piece kind = piece.charAt(0) == 'R'
                    ? Piece.remote("file-" + fragments.size())
                    : Piece.local(UploadSources.bytes(new byte[0]));
            fragments.add(new EmergePlan.Fragment(kind, 0, Long.parseLong(piece.substring(1))));
        }
        return fragments;
    }
}
