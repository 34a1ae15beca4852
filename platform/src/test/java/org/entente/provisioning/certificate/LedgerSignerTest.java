package org.entente.provisioning.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.entente.audit.AnchorSigner;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.audit.LedgerVerifier;
import org.entente.audit.Verification;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.support.TransactionOperations;

@SpringBootTest(properties = "entente.ledger.anchor-cron=* * * * * *")
@Import(TestPostgres.class)
class LedgerSignerTest {

    @Autowired
    AnchorSigner signer;

    @Autowired
    Ledger ledger;

    @Autowired
    LedgerVerifier verifier;

    @Autowired
    TransactionOperations transaction;

    @Value("${entente.data}")
    Path data;

    @Test
    void aStatementIsVouchedForByTheTerritorysKeyOnly() {
        byte[] statement = "position 7".getBytes(StandardCharsets.UTF_8);
        byte[] signature = signer.sign(statement);

        assertThat(signer.verify(signer.keyId(), statement, signature)).isTrue();
        assertThat(signer.verify(signer.keyId(), "position 8".getBytes(StandardCharsets.UTF_8), signature))
                .isFalse();
        assertThat(signer.verify("another", statement, signature)).isFalse();
        assertThat(signer.verify(signer.keyId(), statement, new byte[] {1, 2, 3}))
                .isFalse();
    }

    @Test
    void anchorsAreSignedAndOneThatIsForgedOrUnsignedIsTold() throws IOException {
        Path file = data.resolve("ledger").resolve("anchors");
        write();
        await().until(() -> Files.exists(file) && Files.readAllLines(file).size() >= 1);
        write();
        await().until(() -> Files.readAllLines(file).size() >= 2);
        List<String> genuine = Files.readAllLines(file);
        assertThat(genuine).allMatch(line -> line.split(" ")[4].equals(signer.keyId()));
        assertThat(verifier.verify().findings()).isEmpty();

        String last = genuine.getLast();
        String forged = last.substring(0, last.length() - 1) + (last.endsWith("0") ? "1" : "0");
        String unsigned = last.substring(0, last.indexOf(signer.keyId())) + "- -";
        for (String line : List.of(forged, unsigned)) {
            Files.writeString(file, genuine.getFirst() + "\n" + line + "\n");

            assertThat(verifier.verify().findings())
                    .extracting(Verification.Finding::code)
                    .contains("signature");
        }
        Files.write(file, genuine);
        assertThat(verifier.verify().intact()).isTrue();
    }

    private void write() {
        transaction.executeWithoutResult(status -> ledger.record(
                new Entry(Author.system("test"), "console.used", null, "command", "x", "x", Map.of(), Map.of())));
    }
}
