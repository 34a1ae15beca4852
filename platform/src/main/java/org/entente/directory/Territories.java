package org.entente.directory;

import org.entente.audit.Author;

/** The territory itself, made once: its name, and whether it is a demonstration. */
public interface Territories {

    /** Names an empty territory; refused (conflict) when it has members already, whatever they are. */
    void make(String name, boolean demo, Author author);
}
