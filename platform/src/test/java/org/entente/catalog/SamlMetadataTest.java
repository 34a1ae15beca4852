package org.entente.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.base.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamlMetadataTest {

    private static final String GOOD = """
            <?xml version="1.0"?>
            <md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="https://paie.example/saml">
              <md:SPSSODescriptor AuthnRequestsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
                <md:KeyDescriptor use="encryption"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>WRONG</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
                <md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>
                  MIIC
                  abcd</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
                <md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://paie.example/slo-redirect"/>
                <md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://paie.example/slo"/>
                <md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:SOAP" Location="https://paie.example/slo-soap"/>
                <md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact" Location="https://paie.example/art" index="0"/>
                <md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://paie.example/acs2" index="1"/>
                <md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://paie.example/acs" index="2" isDefault="true"/>
              </md:SPSSODescriptor>
            </md:EntityDescriptor>
            """;

    @Test
    void whatADescriptorNeedsIsReadFromIt() {
        SamlMetadata read = SamlMetadata.read(GOOD);

        assertThat(read)
                .isEqualTo(new SamlMetadata(
                        "https://paie.example/saml",
                        java.util.List.of("https://paie.example/acs", "https://paie.example/acs2"),
                        "https://paie.example/slo",
                        "https://paie.example/slo-soap",
                        "MIICabcd"));
        assertThat(SamlMetadata.read(GOOD.replace("AuthnRequestsSigned=\"true\" ", ""))
                        .certificate())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", " true ", " 1"})
    void requestsAreSignedHoweverItIsSaid(String yes) {
        assertThat(SamlMetadata.read(
                                GOOD.replace("AuthnRequestsSigned=\"true\"", "AuthnRequestsSigned=\"" + yes + "\""))
                        .certificate())
                .isEqualTo("MIICabcd");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not xml",
                "<a>",
                "<md:EntityDescriptor/>",
                "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
                "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\"><IDPSSODescriptor/></EntityDescriptor>",
                "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\"><SPSSODescriptor/></EntityDescriptor>"
            })
    void whatIsNoMetadataOfAnApplicationIsRefusedInWords(String xml) {
        assertThatThrownBy(() -> SamlMetadata.read(xml)).isInstanceOf(Refusal.class);
    }
}
