package org.entente.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.entente.directory.AffiliationKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorReaderTest {

    private static final String GOOD = """
            id: chat
            name: {fr: Messagerie, en: Chat}
            summary: {fr: "Échanger à plusieurs", en: "Talk together"}
            icon: messages-square
            category: together
            signIn: {kind: oidc, clientId: chat, redirectUris: ["https://chat.example/cb"], initiateUrl: "https://chat.example/"}
            roles: [user, moderator]
            suits: [agent, elu]
            needs: [sign-in]
            connector:
              kind: scim
              settings: {url: "https://chat.example/scim/v2", token: "${secret:CHAT_TOKEN}"}
            """;

    private static final String CAS = """
            id: agenda
            name: {fr: Agenda, en: Calendar}
            summary: {fr: "Les réunions", en: "Meetings"}
            icon: calendar
            category: work
            signIn:
              kind: cas
              serviceUrls: ["https://agenda.example/cas", "https://agenda.example/app/*"]
              user: email
              initiateUrl: "https://agenda.example/"
            roles: [user]
            suits: [agent]
            """;

    private static final String SAML = """
            id: paie
            name: {fr: Paie, en: Payroll}
            summary: {fr: "Payer", en: "Pay"}
            icon: coins
            category: together
            signIn:
              kind: saml
              entityId: https://paie.example
              assertionConsumerService: ["https://paie.example/acs"]
              nameId: email
              initiateUrl: "https://paie.example/"
            roles: [user]
            suits: [agent]
            """;

    private static final String PROCONNECT = """
            id: parapheur
            name: {fr: Parapheur, en: Signature book}
            summary: {fr: "Signer", en: "Sign"}
            icon: pen
            category: together
            signIn:
              kind: oidc
              clientId: parapheur
              redirectUris: ["https://parapheur.example/cb"]
              secret: "${secret:PARAPHEUR}"
              proconnect: true
              algorithm: ES256
              postLogoutRedirectUris: ["https://parapheur.example/bye"]
              initiateUrl: "https://parapheur.example/"
            roles: [user]
            suits: [agent]
            """;

    @Test
    void aGoodDescriptorIsTakenAsItStands() {
        DescriptorReader.Reading reading = DescriptorReader.read("chat.yaml", GOOD);

        assertThat(reading.problems()).isEmpty();
        Descriptor descriptor = reading.descriptor();
        assertThat(descriptor).isNotNull();
        assertThat(descriptor.service().suits()).containsExactlyInAnyOrder(AffiliationKind.AGENT, AffiliationKind.ELU);
        assertThat(descriptor.service().signIn().opens()).isEqualTo("https://chat.example/");
        assertThat(descriptor.settings()).containsEntry("token", "${secret:CHAT_TOKEN}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            id: chat            | id: Chat!                                   | 1  | word
            icon: messages-square | icon: [a, b]                                | 4  | text
            suits: [agent, elu] | suits: [mayor]                              | 8  | kind
            category: together  | categories: together                        | 5  | unknown
            roles: [user, moderator] | roles: []                              | 7  | list.empty
            https://chat.example/"} | javascript:alert(1)"}                    | 6  | url
            kind: oidc          | kind: magic                                 | 6  | signIn
            ${secret:CHAT_TOKEN}| s3cr3t                                      | 12 | secret.plain
            needs: [sign-in]    | needs: [chat]                               | 1  | needs.itself
            needs: [sign-in]    | icon: twice                                 | 9  | twice
            """)
    void whatIsWrongIsSaidWithItsLine(String from, String to, int line, String code) {
        DescriptorReader.Reading reading = DescriptorReader.read("chat.yaml", GOOD.replace(from, to));

        assertThat(reading.descriptor()).isNull();
        assertThat(reading.problems()).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.line()).isEqualTo(line);
        });
    }

    @Test
    void anApplicationBuiltForProConnectSaysSoAndHowItIsSigned() {
        DescriptorReader.Reading reading = DescriptorReader.read("parapheur.yaml", PROCONNECT);

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.descriptor().service().signIn()).isInstanceOfSatisfying(SignIn.Oidc.class, oidc -> {
            assertThat(oidc.proConnect())
                    .isEqualTo(new SignIn.ProConnect(SignIn.Algorithm.ES256, SignIn.Party.APPLICATION));
            assertThat(oidc.afterSignOut()).containsExactly("https://parapheur.example/bye");
            assertThat(SignInRow.of(oidc).signIn()).isEqualTo(oidc);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            algorithm: ES256                   | algorithm: HS256      | 12 | algorithm
            proconnect: true                   | proconnect: maybe     | 11 | yes
            proconnect: true                   | proconnect: false     | 12 | proconnect.only
            secret: "${secret:PARAPHEUR}"      | # none                | 11 | proconnect.secret
            "https://parapheur.example/bye"    | "ftp://x"             | 13 | url
            """)
    void whatAProConnectApplicationCannotBeIsSaidWithItsLine(String from, String to, int line, String code) {
        assertThat(DescriptorReader.read("parapheur.yaml", PROCONNECT.replace(from, to))
                        .problems())
                .anySatisfy(problem -> {
                    assertThat(problem.code()).isEqualTo(code);
                    assertThat(problem.line()).isEqualTo(line);
                });
    }

    @Test
    void proConnectItselfIsNamedAsTheFederation() {
        DescriptorReader.Reading reading = DescriptorReader.read(
                "proconnect.yaml", PROCONNECT.replace("proconnect: true", "proconnect: federation"));

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.descriptor().service().signIn()).isInstanceOfSatisfying(SignIn.Oidc.class, oidc -> {
            assertThat(oidc.proConnect())
                    .isEqualTo(new SignIn.ProConnect(SignIn.Algorithm.ES256, SignIn.Party.FEDERATION));
            assertThat(SignInRow.of(oidc).signIn()).isEqualTo(oidc);
        });
    }

    @Test
    void aSamlApplicationIsTakenAsItStands() {
        DescriptorReader.Reading reading = DescriptorReader.read("paie.yaml", SAML);

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.descriptor().service().signIn()).isInstanceOfSatisfying(SignIn.Saml.class, saml -> {
            assertThat(saml.nameId()).isEqualTo(SignIn.NameId.EMAIL);
            assertThat(saml.certificate()).isNull();
            assertThat(SignInRow.of(saml).signIn()).isEqualTo(saml);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nameId: email                         | nameId: pseudonym       | 10 | nameId
            nameId: email                         | certificate: rubbish    | 10 | certificate
            entityId: https://paie.example        | # none                  | 7  | missing
            ["https://paie.example/acs"]          | []                      | 9  | list.empty
            kind: saml                            | kind: oidc              | 8  | unknown
            """)
    void whatASamlApplicationCannotBeIsSaidWithItsLine(String from, String to, int line, String code) {
        assertThat(DescriptorReader.read("paie.yaml", SAML.replace(from, to)).problems())
                .anySatisfy(problem -> {
                    assertThat(problem.code()).isEqualTo(code);
                    assertThat(problem.line()).isEqualTo(line);
                });
    }

    @Test
    void aSecondFactorIsOnlyAskedForWhereTheTerritorySignsPeopleIn() {
        assertThat(DescriptorReader.read("paie.yaml", SAML + "secondFactor: true\n")
                        .descriptor())
                .isNotNull()
                .satisfies(paie -> assertThat(paie.service().secondFactor()).isTrue());
        String link =
                SAML.replaceAll("(?s)signIn:.*roles", "signIn: {kind: link, url: \"https://paie.example/\"}\nroles");

        assertThat(DescriptorReader.read("paie.yaml", link + "secondFactor: true\n")
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("secondFactor.only"));
    }

    @Test
    void aSecondFactorMayBeAskedForBehindTheGatewayToo() {
        String gateway = SAML.replaceAll(
                "(?s)signIn:.*roles",
                "signIn: {kind: gateway, url: \"https://paie.example\", upstream: \"http://10.0.0.7\", headers: {Remote-User: mail}}\nroles");

        assertThat(DescriptorReader.read("paie.yaml", gateway + "secondFactor: true\n")
                        .descriptor())
                .isNotNull()
                .satisfies(paie -> assertThat(paie.service().secondFactor()).isTrue());
    }

    @Test
    void aCasApplicationIsTakenAsItStands() {
        DescriptorReader.Reading reading = DescriptorReader.read("agenda.yaml", CAS);

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.descriptor().service().signIn()).isInstanceOfSatisfying(SignIn.Cas.class, cas -> {
            assertThat(cas.serviceUrls()).containsExactly("https://agenda.example/cas", "https://agenda.example/app/*");
            assertThat(cas.user()).isEqualTo(SignIn.CasUser.EMAIL);
            assertThat(cas.opens()).isEqualTo("https://agenda.example/");
            assertThat(SignInRow.of(cas).signIn()).isEqualTo(cas);
        });
        assertThat(DescriptorReader.read("agenda.yaml", CAS.replace("  user: email\n", ""))
                        .descriptor()
                        .service()
                        .signIn())
                .isInstanceOfSatisfying(
                        SignIn.Cas.class, cas -> assertThat(cas.user()).isEqualTo(SignIn.CasUser.PERSISTENT));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            user: email                   | user: login                    | 9  | cas.user
            https://agenda.example/cas    | https://agenda.example*        | 8  | url
            https://agenda.example/cas    | https://*.example/             | 8  | serviceUrl
            https://agenda.example/cas    | https://agenda.example/*/x     | 8  | serviceUrl
            https://agenda.example/cas    | https://agenda.example/x#y     | 8  | serviceUrl
            https://agenda.example/cas    | https://a@agenda.example/      | 8  | serviceUrl
            https://agenda.example/cas    | http://agenda.example/         | 8  | url
            user: email                   | nameId: email                  | 9  | unknown
            user: email                   | proconnect: true               | 9  | unknown
            """)
    void whatACasApplicationCannotBeIsSaidWithItsLine(String from, String to, int line, String code) {
        assertThat(DescriptorReader.read("agenda.yaml", CAS.replace(from, to)).problems())
                .anySatisfy(problem -> {
                    assertThat(problem.code()).isEqualTo(code);
                    assertThat(problem.line()).isEqualTo(line);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "id: [",
                "\t- x",
                "- a\n- b",
                "just text",
                "a: &a [*a]",
                "!!javax.script.ScriptEngineManager []",
                "\u0000"
            })
    void whatIsNotADescriptorIsAProblemAndNothingElse(String yaml) {
        DescriptorReader.Reading reading = DescriptorReader.read("odd.yaml", yaml);

        assertThat(reading.descriptor()).isNull();
        assertThat(reading.problems()).isNotEmpty();
    }

    private static final String GATEWAY = """
            id: paie
            name: {fr: Paie, en: Payroll}
            summary: {fr: "Payer", en: "Pay"}
            icon: coins
            category: together
            signIn:
              kind: gateway
              url: https://Paie.example
              upstream: http://10.12.0.7:8080/
              start: /paie/
              signOut: /paie/logout
              headers: {Remote-User: mail, X-Roles: roles}
              signed: true
              answer: 120
            roles: [user]
            suits: [agent]
            """;

    @Test
    void anApplicationBehindTheGatewayHasAHostOfItsOwnAndHeadersThatSayWhoComes() {
        DescriptorReader.Reading reading = DescriptorReader.read("paie.yaml", GATEWAY);

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.descriptor().service().signIn()).isInstanceOfSatisfying(SignIn.Gateway.class, gateway -> {
            assertThat(gateway.url()).isEqualTo("https://paie.example");
            assertThat(gateway.upstream()).isEqualTo("http://10.12.0.7:8080");
            assertThat(gateway.opens()).isEqualTo("https://paie.example/.entente/start");
            assertThat(gateway.headers()).containsEntry("Remote-User", "mail").containsEntry("X-Roles", "roles");
            assertThat(gateway.answer()).isEqualTo(120);
            assertThat(SignInRow.of(gateway).signIn()).isEqualTo(gateway);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://Paie.example   | http://paie.example        | 8  | origin.seen
            https://Paie.example   | https://paie.example/app   | 8  | origin.seen
            https://Paie.example   | https://u:p@paie.example   | 8  | origin.seen
            http://10.12.0.7:8080/ | http://10.12.0.7/paie      | 9  | origin
            http://10.12.0.7:8080/ | file:///etc/passwd         | 9  | origin
            start: /paie/          | start: //evil.example      | 10 | gateway.path
            start: /paie/          | start: paie                | 10 | gateway.path
            signOut: /paie/logout  | signOut: /.entente/enter   | 11 | gateway.path
            Remote-User: mail      | Remote_User: mail          | 12 | header
            Remote-User: mail      | Content-Length: mail       | 12 | header
            Remote-User: mail      | Cookie: mail               | 12 | header
            Remote-User: mail      | x-roles: mail              | 12 | header
            Remote-User: mail      | Remote-User: password      | 12 | header.word
            answer: 120            | answer: 0                  | 14 | seconds
            answer: 120            | host: paie.example         | 14 | unknown
            """)
    void whatIsWrongWithAGatewayIsSaidWithItsLine(String from, String to, int line, String code) {
        DescriptorReader.Reading reading = DescriptorReader.read("paie.yaml", GATEWAY.replace(from, to));

        assertThat(reading.descriptor()).isNull();
        assertThat(reading.problems()).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.line()).isEqualTo(line);
        });
    }

    @Test
    void twoApplicationsCannotHaveOneHost() {
        Descriptor one = DescriptorReader.read("b.yaml", GATEWAY).descriptor();
        Descriptor other = DescriptorReader.read("a.yaml", GATEWAY.replace("id: paie", "id: agenda"))
                .descriptor();

        assertThat(GatewayReader.sameHosts(List.of(one, other)))
                .containsExactly(DescriptorProblem.of("b.yaml", 1, "host.twice", "paie.example", "agenda"));
        assertThat(GatewayReader.sameHosts(List.of(one))).isEmpty();
    }
}
