package org.entente.reading;

import java.util.Locale;
import java.util.Optional;

/** What LibreOffice makes a PDF of, by the ending of its name: the program believes it, whatever the file is. */
enum OfficeKind {
    DOCX("writer"),
    DOC("writer"),
    ODT("writer"),
    RTF("writer"),
    XLSX("calc"),
    XLS("calc"),
    ODS("calc"),
    PPTX("impress"),
    PPT("impress"),
    ODP("impress");

    private final String part;

    OfficeKind(String part) {
        this.part = part;
    }

    static Optional<OfficeKind> of(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
        for (OfficeKind kind : values()) {
            if (kind.name().equals(ending)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    String ending() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The program's word for making a PDF of it, of so many pages. */
    String filter(int pages) {
        return "pdf:" + part + "_pdf_Export:{\"PageRange\":{\"type\":\"string\",\"value\":\"1-" + pages + "\"}}";
    }
}
