package org.entente.scanning;

import org.entente.testing.TestClamd;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** A territory with an antivirus: a real clamd, which tests stop and start. */
@TestComponent
public class Antivirus {

    private final AntivirusWatch watch;
    private final ScanSweep sweep;

    Antivirus(AntivirusWatch watch, ScanSweep sweep) {
        this.watch = watch;
        this.sweep = sweep;
    }

    @Bean
    static TestClamd testClamd() {
        return new TestClamd();
    }

    @Bean
    static DynamicPropertyRegistrar antivirusSettings(TestClamd clamd) {
        return registry -> {
            registry.add("entente.antivirus.address", clamd::socket);
            registry.add("entente.antivirus.most", () -> "1MB");
            registry.add("entente.antivirus.pause", () -> "200ms");
            registry.add("entente.antivirus.every", () -> "200ms");
            registry.add("entente.antivirus.patience", () -> "20s");
            registry.add("entente.antivirus.watch", () -> "1d");
            registry.add("entente.antivirus.sweep.first", () -> "1d");
        };
    }

    /** Asks the antivirus now how it is. */
    public void look() {
        watch.look();
    }

    /** Asks for the scan of whatever was not scanned. */
    public void sweep() {
        sweep.sweep();
    }
}
