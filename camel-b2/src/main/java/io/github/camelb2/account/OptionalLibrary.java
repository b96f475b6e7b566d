// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

/** The libraries that a repository needs and that this component does not bring along. */
enum OptionalLibrary {
    CAMEL_SQL("org.springframework.jdbc.core.JdbcTemplate", "org.apache.camel:camel-sql"),
    SQLITE("org.sqlite.JDBC", "org.xerial:sqlite-jdbc");

    private final String className;
    private final String artifact;

    OptionalLibrary(String className, String artifact) {
        this.className = className;
        this.artifact = artifact;
    }

    /**
     * Does nothing when the library is there.
     *
     * @throws IllegalStateException if it is absent, naming the artifact to add
     */
    void require(String neededBy) {
        try {
            Class.forName(className, false, OptionalLibrary.class.getClassLoader());
        } catch (ClassNotFoundException absent) {
            throw new IllegalStateException(
                    neededBy + " needs " + artifact + ", which is not on the classpath: add it to the dependencies",
                    absent);
        }
    }
}
