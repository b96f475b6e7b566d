// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.json;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ExpectedNamesTest {
    private static final ExpectedNames.Kind<String> KIND = ExpectedNames.Kind.ofNames("a", "b", "long name", "d");
    private static final List<String> MEMBERS = List.of("a", "b", "long name", "d");

    /** How one object is read. */
    private interface Names {
        @Nullable
        String first(JsonParser json) throws IOException;

        @Nullable
        String next(JsonParser json) throws IOException;
    }

    /** As everything else is read. */
    private static final Names TOKENS = new Names() {
        @Override
        public @Nullable String first(JsonParser json) throws IOException {
            Tokens.start(json);
            return Tokens.next(json);
        }

        @Override
        public @Nullable String next(JsonParser json) throws IOException {
            return Tokens.next(json);
        }
    };

    private static Names expected() {
        ExpectedNames<String> names = new ExpectedNames<>(KIND);
        return new Names() {
            @Override
            public @Nullable String first(JsonParser json) throws IOException {
                names.begin(json);
                return next(json);
            }

            @Override
            public @Nullable String next(JsonParser json) throws IOException {
                if (!names.next(json)) {
                    return null;
                }
                assertThat(names.member()).isEqualTo(MEMBERS.contains(names.name()) ? names.name() : "");
                return names.name();
            }
        };
    }

    /** The members of all objects of an array that are not null. */
    private static List<String> members(String array, Names names) throws IOException {
        return Json.readExpected(new ByteArrayInputStream(array.getBytes(UTF_8)), json -> {
            List<String> members = new ArrayList<>();
            for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
                members.add("{");
                for (String name = names.first(json); name != null; name = names.next(json)) {
                    members.add(name + "=" + json.currentToken() + json.currentName());
                    json.skipChildren();
                }
            }
            return members;
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[{}]",
                "[{}, {\"a\": 1}, {}, {\"a\": 1, \"b\": 2, \"long name\": 3, \"d\": 4}]",
                "[{\"d\": 1, \"b\": {\"a\": 1}, \"a\": [{\"a\": 2}]}, {\"d\": 1, \"b\": 2, \"a\": 3}, {\"a\": 1, \"d\": 2}]",
                "[{\"a\": null, \"b\": null}, {\"b\": null, \"a\": \"x\", \"d\": null}]",
                "[{\"a\": 1, \"\": 3, \"long nam\": 5, \"long names\": 6, \"ä€😀\": 7}]",
                "[ { \"a\" :1 ,\"b\"\n:\t\"\\\"\"\r\n,\"long name\":true}]"
            })
    void membersAreThoseThatAreThere(String array) throws IOException {
        assertThat(members(array, expected())).isEqualTo(members(array, TOKENS));
    }

    /** Names and values lie across the ends of what the parser has read. */
    @Test
    void membersAreThoseThatAreThereWhateverCameBefore() throws IOException {
        Random random = new Random(7);
        List<String> names =
                Arrays.asList("a", "b", "long name", "d", "e", "long namf", "\\u0062c", "much longer name of a member");
        String[] values = {"null", "1", "\"text\"", "true", "{\"a\": null}", "[1, {\"b\": 2}]", "-1.5e3"};
        for (int round = 0; round < 20; round++) {
            StringBuilder array = new StringBuilder("[");
            for (int object = 0; object < 500; object++) {
                array.append(object == 0 ? "{" : ",{");
                int members = random.nextInt(6);
                Collections.shuffle(names, random);
                for (int i = 0; i < members; i++) {
                    array.append(i == 0 ? "\"" : ",\n  \"")
                            .append(names.get(i))
                            .append("\": ")
                            .append(values[random.nextInt(values.length)]);
                }
                array.append('}');
            }
            assertThat(members(array + "]", expected())).isEqualTo(members(array + "]", TOKENS));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"a\": 1, \"a\": 2}]",
                "[{\"a\": 1, \"b\": 2, \"a\": null}]",
                "[{\"b\": null, \"b\": 1}]",
                "[{}, {\"d\": 1, \"\\u0064\": 2}]"
            })
    void aMemberThatAppearsTwiceIsRefused(String array) {
        assertThatThrownBy(() -> members(array, expected())).isInstanceOf(UnusableAnswerException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "[{\"a\" 1}]", "[{\"a\": 1 \"b\": 2}]", "[{\"a\": 1, b: 2}]", "[{\"a\": 1", "[{\"a"})
    void whatIsNoObjectIsRefused(String array) {
        assertThatThrownBy(() -> members(array, expected())).isInstanceOf(IOException.class);
    }
}
