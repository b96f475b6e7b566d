// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.call;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelb2.client.call.BucketCalls.ListBuckets;
import io.github.camelb2.client.call.FileCalls.CopyFile;
import io.github.camelb2.client.call.FileCalls.DeleteFileVersion;
import io.github.camelb2.client.call.FileCalls.GetDownloadAuthorization;
import io.github.camelb2.client.call.FileCalls.ListFileNames;
import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.call.LargeFileCalls.ListParts;
import io.github.camelb2.client.call.LargeFileCalls.ListUnfinishedLargeFiles;
import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WithersTest {
    static Stream<Record> records() {
        return Stream.of(
                ListBuckets.of(),
                ListFileNames.of("b"),
                ListFileVersions.of("b"),
                CopyFile.of("4_z", "a"),
                DeleteFileVersion.of("a", "4_z"),
                GetDownloadAuthorization.of("b", "", 60),
                StartLargeFile.of("b", "a", "text/plain"),
                ListParts.of("4_z"),
                ListUnfinishedLargeFiles.of("b"),
                UploadFile.of("bucket", "a"),
                DownloadFile.byId("4_z"));
    }

    @ParameterizedTest
    @MethodSource("records")
    void eachWitherChangesTheMemberOfItsNameAndNoOther(Record record) throws Exception {
        List<String> tried = new ArrayList<>();
        for (Method method : record.getClass().getMethods()) {
            RecordComponent changed = changedBy(method, record);
            if (changed == null || valueFor(method.getParameterTypes()[0]) == null) {
                continue;
            }
            Object value = valueFor(method.getParameterTypes()[0]);

            Object copy = method.invoke(record, value);

            for (RecordComponent component : record.getClass().getRecordComponents()) {
                Object expected = component.getName().equals(changed.getName())
                        ? value
                        : component.getAccessor().invoke(record);
                assertThat(component.getAccessor().invoke(copy))
                        .as(method.getName() + ": " + component.getName())
                        .isEqualTo(expected);
            }
            tried.add(method.getName());
        }
        assertThat(tried).isNotEmpty();
    }

    @Test
    void aValueThatTheConstructorRefusesIsRefusedInItsOwnWords() {
        assertThatThrownBy(() -> ListFileNames.of("b").withMaxFileCount(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("b2_list_file_names: maxFileCount is 0; B2 accepts 1 to 10000");
    }

    private static RecordComponent changedBy(Method method, Record record) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            String name = component.getName();
            String wither = "with" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
            if (method.getName().equals(wither) && method.getParameterCount() == 1 && !method.isBridge()) {
                return component;
            }
        }
        return null;
    }

    private static Object valueFor(Class<?> type) {
        return Map.<Class<?>, Object>of(
                        String.class,
                        "7",
                        Integer.class,
                        7,
                        Long.class,
                        7L,
                        Boolean.class,
                        true,
                        Map.class,
                        Map.of("a", "7"))
                .get(type);
    }
}
