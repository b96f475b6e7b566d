// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.call;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Copies a record with one member changed: the one home of what all {@code withX} methods do. What a record consists of
 * is looked up once for each class, because a message makes several copies. Thread-safe.
 */
final class Members {
    private static final ClassValue<Members> KNOWN = new ClassValue<>() {
        @Override
        protected Members computeValue(Class<?> type) {
            return new Members(type);
        }
    };

    private final Map<String, Integer> positions = new HashMap<>();
    private final Method[] accessors;
    private final Constructor<?> constructor;

    private Members(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        accessors = new Method[components.length];
        for (int i = 0; i < components.length; i++) {
            positions.put(components[i].getName(), i);
            types[i] = components[i].getType();
            accessors[i] = components[i].getAccessor();
        }
        try {
            constructor = type.getConstructor(types);
        } catch (NoSuchMethodException e) {
            throw impossible(type, e);
        }
    }

    /**
     * The same record with another value in that component.
     *
     * @param component the name of the component
     * @throws IllegalArgumentException if the record refuses the value
     */
    static <R extends Record> R with(R record, String component, @Nullable Object value) {
        Members members = KNOWN.get(record.getClass());
        Integer changed = members.positions.get(component);
        if (changed == null) {
            throw new IllegalStateException(record.getClass() + " has no component " + component);
        }
        @Nullable Object[] values = new Object[members.accessors.length];
        try {
            for (int i = 0; i < values.length; i++) {
                values[i] = i == changed ? value : members.accessors[i].invoke(record);
            }
            @SuppressWarnings("unchecked")
            R copy = (R) members.constructor.newInstance(values);
            return copy;
        } catch (InvocationTargetException refused) {
            throw refused.getCause() instanceof RuntimeException known ? known : impossible(record.getClass(), refused);
        } catch (ReflectiveOperationException e) {
            throw impossible(record.getClass(), e);
        }
    }

    private static IllegalStateException impossible(Class<?> type, ReflectiveOperationException e) {
        return new IllegalStateException("cannot copy " + type, e);
    }
}
