// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;

/**
 * A name with Simple expressions in it. What a message can influence is data: it cannot leave the folder that the author of
 * the route wrote around it. Slashes, backslashes, control characters, percent signs, and a value of dots alone are escaped
 * as {@code %2F}; the slashes of a date's pattern are the author's. Thread-safe.
 */
final class HostileNames {
    private final List<Piece> pieces = new ArrayList<>();
    private final String text;

    /** A piece of the name: as it stands, or an expression. */
    private record Piece(String text, Expression expression, boolean isOfAuthor) {}

    HostileNames(CamelContext context, String text) {
        this.text = text;
        int at = 0;
        while (at < text.length()) {
            int begin = begin(text, at);
            if (begin < 0) {
                plain(context, text.substring(at));
                return;
            }
            plain(context, text.substring(at, begin));
            int end = end(text, begin);
            String token = text.substring(begin, end);
            Expression expression = context.resolveLanguage("simple").createExpression(token);
            expression.init(context);
            pieces.add(new Piece(token, expression, isDate(token)));
            at = end;
        }
    }

    private void plain(CamelContext context, String piece) {
        if (!piece.isEmpty()) {
            pieces.add(new Piece(piece, context.resolveLanguage("constant").createExpression(piece), true));
        }
    }

    private static int begin(String text, int from) {
        int one = text.indexOf("${", from);
        int other = text.indexOf("$simple{", from);
        return one < 0 || other < 0 ? Math.max(one, other) : Math.min(one, other);
    }

    /** Behind the brace that closes the expression, which may have others in it. */
    private static int end(String text, int begin) {
        int depth = 0;
        for (int i = text.indexOf('{', begin); i < text.length(); i++) {
            if (text.charAt(i) == '{') {
                depth++;
            } else if (text.charAt(i) == '}' && --depth == 0) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("Option fileName=" + text + " cannot be: an expression in it has no end");
    }

    private static boolean isDate(String token) {
        String inside = token.substring(token.indexOf('{') + 1);
        return inside.startsWith("date:") || inside.startsWith("date-with-timezone:");
    }

    /**
     * The name for that message.
     *
     * @throws IllegalArgumentException if an expression gives nothing
     */
    String of(Exchange exchange) {
        StringBuilder name = new StringBuilder();
        for (Piece piece : pieces) {
            String value = piece.expression().evaluate(exchange, String.class);
            if (value == null || value.isEmpty()) {
                throw new IllegalArgumentException("Option fileName=" + text + ": " + piece.text()
                        + " gives nothing for this message; set what it refers to");
            }
            name.append(piece.isOfAuthor() ? value : escaped(value));
        }
        return name.toString();
    }

    static String escaped(String value) {
        if (value.chars().allMatch(c -> c == '.')) {
            return value.replace(".", "%2E");
        }
        StringBuilder safe = new StringBuilder();
        value.codePoints().forEach(c -> {
            if (c == '/' || c == '\\' || c == '%' || Character.isISOControl(c) || isLoneSurrogate(c)) {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    safe.append(String.format(Locale.ROOT, "%%%02X", b));
                }
            } else {
                safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }

    private static boolean isLoneSurrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }
}
