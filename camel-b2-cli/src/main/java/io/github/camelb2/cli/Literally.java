// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.spi.Language;
import org.apache.camel.support.ExpressionToPredicateAdapter;
import org.apache.camel.support.LanguageSupport;

/**
 * Has Camel take texts of a command line as they are: names of files come from strangers, and whoever writes a command writes
 * no route. No placeholder, no expression, no reference to a bean and no RAW means anything.
 */
final class Literally {
    private Literally() {}

    /** A context that has not started, for which all texts mean themselves. */
    static CamelContext context() {
        CamelContext context = new SimpleCamelContext() {
            @Override
            public Language resolveLanguage(String name) {
                return new NoExpressions();
            }
        };
        context.setPropertiesComponent(new NoPlaceholders());
        return context;
    }

    /** Values of options as an endpoint takes them for the same texts. */
    static Map<String, Object> options(Map<String, Object> texts) {
        Map<String, Object> all = new HashMap<>();
        texts.forEach((name, value) -> all.put(name, literal(value)));
        return all;
    }

    private static Object literal(Object value) {
        if (value instanceof List<?> list) {
            List<Object> all = new ArrayList<>();
            list.forEach(one -> all.add(raw(one)));
            // Camel takes RAW off in the list itself.
            return all;
        }
        if (value instanceof String text) {
            // Camel looks for references in strings alone, also in those that were raw.
            return text.startsWith("#") ? new Text(text) : raw(text);
        }
        return value;
    }

    private static Object raw(Object value) {
        return value instanceof String text ? "RAW(" + text + ")" : value;
    }

    /** Camel asks it for its string. */
    private record Text(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    /** Knows no property, and finds no placeholder in any text. */
    private static final class NoPlaceholders extends PropertiesComponent {
        @Override
        public String parseUri(String text) {
            return text;
        }

        @Override
        public String parseUri(String text, boolean keepUnresolvedOptional) {
            return text;
        }

        @Override
        public Optional<String> resolveProperty(String key) {
            return Optional.empty();
        }
    }

    /** Every language, Simple before all, where every text means itself. */
    private static final class NoExpressions extends LanguageSupport {
        @Override
        public Expression createExpression(String text) {
            return new Expression() {
                @Override
                public <T> T evaluate(Exchange exchange, Class<T> type) {
                    return type.isInstance(text)
                            ? type.cast(text)
                            : exchange.getContext().getTypeConverter().convertTo(type, exchange, text);
                }
            };
        }

        @Override
        public Predicate createPredicate(String text) {
            return ExpressionToPredicateAdapter.toPredicate(createExpression(text));
        }
    }
}
