// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.call;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;

import org.jspecify.annotations.Nullable;

/** Copies a record with one member changed: the one home of what all {@code withX} methods do. */
final class Members {
    private Members() {}

    /**
     * The same record with another value in that component.
     *
     * @param component the name of the component
     * @throws IllegalArgumentException if the record refuses the value
     */
    static <R extends Record> R with(R record, String component, @Nullable Object value) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new Object[components.length];
        boolean found = false;
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                boolean changes = components[i].getName().equals(component);
                values[i] = changes ? value : components[i].getAccessor().invoke(record);
                found |= changes;
            }
            if (!found) {
                throw new IllegalStateException(record.getClass() + " has no component " + component);
            }
            @SuppressWarnings("unchecked")
            R copy = (R) record.getClass().getConstructor(types).newInstance(values);
            return copy;
        } catch (InvocationTargetException refused) {
            throw refused.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException("cannot copy " + record.getClass(), refused);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("cannot copy " + record.getClass(), impossible);
        }
    }
}
