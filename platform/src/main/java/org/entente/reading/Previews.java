package org.entente.reading;

import java.io.InputStream;
import org.entente.directory.MemberId;

/** Office documents as PDF, to be looked at in a browser; made by LibreOffice where it is installed, when somebody first asks. Whoever asks has seen to their right to the document. */
public interface Previews {

    /**
     * How far the PDF of this document is; asked for herewith. Waits a moment for one that is being made.
     *
     * @param name of the file: its ending says what it is
     * @throws org.entente.base.Refusal whatever keeps the document itself from being served
     */
    PreviewState of(MemberId member, Written document, String name);

    /** As the other, of what is there already: nothing is asked for, and nobody who opens a document waits longer. */
    PreviewState known(Written document);

    /**
     * The PDF, or a part of it. Close it.
     *
     * @throws org.entente.base.Refusal {@code NOT_FOUND preview.none} when it was not made; whatever keeps the document itself from being served
     */
    InputStream open(Written document, long from, long length);

    /** Whether a file of this name is a document that can be shown, where LibreOffice is installed. */
    static boolean knows(String name) {
        return OfficeKind.of(name).isPresent();
    }
}
