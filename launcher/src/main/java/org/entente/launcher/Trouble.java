package org.entente.launcher;

/** Something the engineer must mend; its text says what happened and what to do, and is all that the terminal shows. */
public final class Trouble extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Trouble(String whatAndWhatToDo) {
        super(whatAndWhatToDo);
    }

    public Trouble(String whatAndWhatToDo, Throwable cause) {
        super(whatAndWhatToDo, cause);
    }
}
