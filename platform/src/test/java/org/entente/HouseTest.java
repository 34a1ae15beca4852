package org.entente;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class HouseTest {

    @Test
    void roomsKnowEachOtherThroughTheirDoorsAndArrowsRunDownhill() {
        ApplicationModules.of(EntentePlatform.class).verify();
    }
}
