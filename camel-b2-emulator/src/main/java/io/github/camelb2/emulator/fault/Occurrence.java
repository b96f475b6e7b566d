// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.fault;

import java.util.Random;

/** Which of the requests that match a rule it strikes; asked once for each, in order. */
sealed interface Occurrence {

    /** Whether the {@code n}th matching request, counted from 1, is struck. */
    boolean strikes(long n);

    record Always() implements Occurrence {
        @Override
        public boolean strikes(long n) {
            return true;
        }
    }

    record Between(long first, long last) implements Occurrence {
        @Override
        public boolean strikes(long n) {
            return n >= first && n <= last;
        }
    }

    record Every(long period) implements Occurrence {
        @Override
        public boolean strikes(long n) {
            return n % period == 0;
        }
    }

    /** Guarded by the lock of {@link Faults}. */
    final class Chance implements Occurrence {
        private final double probability;
        private final Random random;

        Chance(double probability, long seed) {
            this.probability = probability;
            this.random = new Random(seed);
        }

        @Override
        public boolean strikes(long n) {
            return random.nextDouble() < probability;
        }
    }
}
