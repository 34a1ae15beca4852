package org.entente.files;

import java.util.List;
import org.entente.reading.ReadNow;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Anne, whose files are read for their words when the test says so. */
@Import(ReadNow.class)
abstract class ReadTown extends BrowserOfAnne {

    @Autowired
    ReadNow reading;

    @Autowired
    TextWanting wanting;

    List<String> found(Visitor visitor, String words) {
        return found(visitor, words, null);
    }

    List<String> found(Visitor visitor, String words, @Nullable NodeId beneath) {
        return files.search(visitor, words, beneath, null, 50).hits().stream()
                .map(hit -> hit.by() + " " + hit.node().name())
                .toList();
    }
}
