// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.notify;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EventTypesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "all; b2:HideMarkerCreated:*,b2:ObjectCreated:*,b2:ObjectDeleted:*",
                "created; b2:ObjectCreated:*",
                "deleted , hidden; b2:HideMarkerCreated:*,b2:ObjectDeleted:*",
                "replicated; b2:ObjectCreated:MultipartReplica,b2:ObjectCreated:Replica",
                "created,replicated,b2:ObjectCreated:Upload; b2:ObjectCreated:*",
                "ObjectCreated:Upload,b2:ObjectCreated:Upload; b2:ObjectCreated:Upload",
                "b2:ObjectDeleted:LifecycleRule; b2:ObjectDeleted:LifecycleRule",
                "b2:MultipartUploadCreated:LiveRead; b2:MultipartUploadCreated:LiveRead"
            })
    void typesAreThoseOfARuleWithoutWhatAStarHas(String option, String types) {
        assertThat(EventTypes.parse(option).ofRule()).isEqualTo(List.of(types.split(",")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "everything", "all,", "b2:TestEvent", "b2:*", "b2:ObjectCreated", "b2:Object Created:Copy"})
    void whatB2DoesNotKnowIsRefused(String option) {
        assertThatThrownBy(() -> EventTypes.parse(option))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Option eventTypes=" + option + " cannot be: write all");
    }

    @Test
    void aStarHasWhatB2WillAddAndNothingOfOtherKinds() {
        EventTypes types = EventTypes.parse("created");

        assertThat(types.contain("b2:ObjectCreated:SomethingNew")).isTrue();
        assertThat(types.contain("b2:ObjectDeleted:Delete")).isFalse();
        assertThat(types.contain("")).isFalse();
    }
}
