package org.entente.pooling;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * A contribution as an electronic invoice: UBL 2.1 in the European model (EN 16931), as Chorus Pro takes it. Contributions to a
 * syndicate are outside the scope of VAT (category O).
 */
record Invoice(
        String number,
        LocalDate issuedOn,
        Invoicing.Issuer issuer,
        Buyer buyer,
        Contributions.Statement statement,
        LocalDate dueOn,
        String note) {

    /** @param siret its establishment when known: Chorus Pro addresses by it */
    record Buyer(String name, String siren, @Nullable String siret) {}

    private static final String INVOICE = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2";
    private static final String CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
    private static final String CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";
    private static final String OUT_OF_SCOPE = "Contribution statutaire, hors du champ de la TVA";

    byte[] xml() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml =
                    XMLOutputFactory.newInstance().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
            new Writer(xml).write();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    /** Elements in the order the schema wants. */
    private final class Writer {

        private final XMLStreamWriter xml;

        Writer(XMLStreamWriter xml) {
            this.xml = xml;
        }

        void write() throws XMLStreamException {
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("Invoice");
            xml.writeDefaultNamespace(INVOICE);
            xml.writeNamespace("cac", CAC);
            xml.writeNamespace("cbc", CBC);
            value("CustomizationID", "urn:cen.eu:en16931:2017");
            value("ID", number);
            value("IssueDate", issuedOn.toString());
            value("DueDate", dueOn.toString());
            value("InvoiceTypeCode", "380");
            value("Note", note);
            value("DocumentCurrencyCode", "EUR");
            value("BuyerReference", buyer.name());
            open("InvoicePeriod");
            value("StartDate", statement.year() + "-01-01");
            value("EndDate", statement.year() + "-12-31");
            close();
            open("AccountingSupplierParty");
            party(issuer.name(), issuer.siren(), issuer.siret(), issuer.street(), issuer.city(), issuer.postCode());
            close();
            open("AccountingCustomerParty");
            party(buyer.name(), buyer.siren(), buyer.siret(), null, null, null);
            close();
            payment();
            taxes();
            totals();
            int line = 1;
            for (Contributions.StatementLine each : statement.lines()) {
                line(line++, each);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
        }

        private void party(
                String name,
                String siren,
                @Nullable String siret,
                @Nullable String street,
                @Nullable String city,
                @Nullable String postCode)
                throws XMLStreamException {
            open("Party");
            identified("EndpointID", siret == null ? "0002" : "0009", siret == null ? siren : siret);
            if (siret != null) {
                open("PartyIdentification");
                identified("ID", "0009", siret);
                close();
            }
            open("PartyName");
            value("Name", name);
            close();
            open("PostalAddress");
            if (street != null && city != null && postCode != null) {
                value("StreetName", street);
                value("CityName", city);
                value("PostalZone", postCode);
            }
            open("Country");
            value("IdentificationCode", "FR");
            close();
            close();
            open("PartyLegalEntity");
            value("RegistrationName", name);
            identified("CompanyID", "0002", siren);
            close();
            if (street != null) {
                open("Contact");
                value("ElectronicMail", issuer.email());
                close();
            }
            close();
        }

        private void payment() throws XMLStreamException {
            open("PaymentMeans");
            value("PaymentMeansCode", "30");
            value("PaymentID", number);
            open("PayeeFinancialAccount");
            value("ID", issuer.iban());
            if (issuer.bic() != null) {
                open("FinancialInstitutionBranch");
                value("ID", issuer.bic());
                close();
            }
            close();
            close();
        }

        private void taxes() throws XMLStreamException {
            open("TaxTotal");
            money("TaxAmount", Money.ZERO);
            open("TaxSubtotal");
            money("TaxableAmount", statement.amount());
            money("TaxAmount", Money.ZERO);
            open("TaxCategory");
            value("ID", "O");
            value("TaxExemptionReasonCode", "VATEX-EU-O");
            value("TaxExemptionReason", OUT_OF_SCOPE);
            scheme();
            close();
            close();
            close();
        }

        private void totals() throws XMLStreamException {
            open("LegalMonetaryTotal");
            money("LineExtensionAmount", statement.amount());
            money("TaxExclusiveAmount", statement.amount());
            money("TaxInclusiveAmount", statement.amount());
            money("PrepaidAmount", statement.paid());
            money("PayableAmount", statement.balance());
            close();
        }

        private void line(int number, Contributions.StatementLine line) throws XMLStreamException {
            open("InvoiceLine");
            value("ID", Integer.toString(number));
            value("Note", line.agreement() + " – " + line.keyName());
            xml.writeStartElement("cbc", "InvoicedQuantity", CBC);
            xml.writeAttribute("unitCode", "C62");
            xml.writeCharacters("1");
            xml.writeEndElement();
            money("LineExtensionAmount", line.amount());
            open("Item");
            value("Name", line.label());
            open("ClassifiedTaxCategory");
            value("ID", "O");
            scheme();
            close();
            close();
            open("Price");
            money("PriceAmount", line.amount());
            close();
            close();
        }

        private void scheme() throws XMLStreamException {
            open("TaxScheme");
            value("ID", "VAT");
            close();
        }

        private void open(String name) throws XMLStreamException {
            xml.writeStartElement("cac", name, CAC);
        }

        private void close() throws XMLStreamException {
            xml.writeEndElement();
        }

        private void value(String name, String text) throws XMLStreamException {
            xml.writeStartElement("cbc", name, CBC);
            xml.writeCharacters(text);
            xml.writeEndElement();
        }

        private void identified(String name, String scheme, String text) throws XMLStreamException {
            xml.writeStartElement("cbc", name, CBC);
            xml.writeAttribute("schemeID", scheme);
            xml.writeCharacters(text);
            xml.writeEndElement();
        }

        private void money(String name, Money amount) throws XMLStreamException {
            xml.writeStartElement("cbc", name, CBC);
            xml.writeAttribute("currencyID", "EUR");
            xml.writeCharacters(amount.inEuros().toPlainString());
            xml.writeEndElement();
        }
    }
}
