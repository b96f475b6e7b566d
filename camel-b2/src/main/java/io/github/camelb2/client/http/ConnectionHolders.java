// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

/** Who has connections of a pool between two requests. Thread-safe; called by whoever sends a request. */
public interface ConnectionHolders {
    /** Nobody. */
    ConnectionHolders NONE = new ConnectionHolders() {
        @Override
        public String describe() {
            return "";
        }

        @Override
        public boolean areWaiting() {
            return false;
        }

        @Override
        public void giveUpOne() {}
    };

    /** Who has one, for the message of a request that got none; an empty text if nobody has. */
    String describe();

    /** Whether some have an answer that nobody has begun to read. */
    boolean areWaiting();

    /** Gives the connection of one such answer back, that which waits for longest; does nothing where there is none. */
    void giveUpOne();
}
