package org.entente.pooling;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.directory.Siret;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who sends the invoices and where they are paid. */
@Service
class Invoicing {

    /** @param iban where contributions are paid; checked by its key */
    record Issuer(
            String name,
            String siret,
            String street,
            String postCode,
            String city,
            String email,
            String iban,
            @Nullable String bic) {

        Issuer {
            name = Texts.required("name", name, 200);
            siret = new Siret(Texts.required("siret", siret, 20).replaceAll("\\s", "")).value();
            street = Texts.required("street", street, 200);
            postCode = Texts.required("postCode", postCode, 10);
            city = Texts.required("city", city, 100);
            email = Texts.required("email", email, 254);
            iban = Texts.required("iban", iban, 50).replaceAll("\\s", "").toUpperCase(Locale.ROOT);
            bic = Texts.optional("bic", bic, 11);
            if (!email.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+")) {
                throw Refusal.invalidField("email", "address.invalid", email);
            }
            if (!isIban(iban)) {
                throw Refusal.invalidField("iban", "pooling.invoicing.iban");
            }
            if (bic != null && !bic.matches("[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?")) {
                throw Refusal.invalidField("bic", "pooling.invoicing.bic");
            }
        }

        /** The nine digits of its legal unit. */
        String siren() {
            return siret.substring(0, 9);
        }

        /** ISO 13616: the first four characters go last, letters count from 10 on, the rest by 97 is 1. */
        private static boolean isIban(String iban) {
            if (!iban.matches("[A-Z]{2}\\d{2}[A-Z0-9]{11,30}")) {
                return false;
            }
            StringBuilder digits = new StringBuilder();
            (iban.substring(4) + iban.substring(0, 4))
                    .chars()
                    .forEach(c -> digits.append(Character.getNumericValue(c)));
            return new BigInteger(digits.toString()).mod(BigInteger.valueOf(97)).intValue() == 1;
        }
    }

    private final JdbcClient jdbc;
    private final Ledger ledger;

    Invoicing(JdbcClient jdbc, Ledger ledger) {
        this.jdbc = jdbc;
        this.ledger = ledger;
    }

    Optional<Issuer> issuer() {
        return jdbc.sql("SELECT name, siret, street, post_code, city, email, iban, bic FROM pooling.invoicing")
                .query(Issuer.class)
                .optional();
    }

    @Transactional
    Issuer set(Issuer issuer, Author by) {
        jdbc.sql("""
                INSERT INTO pooling.invoicing (name, siret, street, post_code, city, email, iban, bic) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (single) DO UPDATE SET name = excluded.name, siret = excluded.siret, street = excluded.street,
                    post_code = excluded.post_code, city = excluded.city, email = excluded.email, iban = excluded.iban, bic = excluded.bic
                """)
                .params(Arrays.asList(
                        issuer.name(),
                        issuer.siret(),
                        issuer.street(),
                        issuer.postCode(),
                        issuer.city(),
                        issuer.email(),
                        issuer.iban(),
                        issuer.bic()))
                .update();
        ledger.record(new Entry(
                by,
                "invoicing.changed",
                null,
                "invoicing",
                "invoicing",
                issuer.name(),
                Map.of(),
                Map.of("iban", issuer.iban())));
        return issuer;
    }
}
