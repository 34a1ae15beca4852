package org.entente.storage;

import java.util.Collection;
import java.util.List;
import org.entente.directory.MemberId;
import org.springframework.stereotype.Component;

@Component
class KeyRingSeals implements WordSeals {

    private final KeyRing keys;

    KeyRingSeals(KeyRing keys) {
        this.keys = keys;
    }

    @Override
    public WordSeal current(MemberId member) {
        return keys.of(member).words();
    }

    @Override
    public List<WordSeal> all(Collection<MemberId> members) {
        return keys.all(members).stream().map(ContentKey::words).toList();
    }
}
