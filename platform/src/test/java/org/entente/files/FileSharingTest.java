package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.files.FilesTest.assertRefused;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who may see what and why, and what becomes of it when a capacity ends. */
class FileSharingTest extends FolderOfAnnes {

    @Autowired
    FileSharing sharing;

    @Autowired
    FileHistory history;

    @Autowired
    Housekeeping housekeeping;

    @Autowired
    JdbcClient jdbc;

    @Test
    void aShareOpensToEachKindOfGranteeAndEndsWithThem() {
        Visitor below = town.agent(givors, "Éva", town.unit(givors, "Éclairage", roads));
        Visitor elsewhere = town.agent(town.member("Corbas"), "Zoé", null);
        Visitor partner = town.partner(givors, "Paul");

        assertOpens(
                new Grantee(Grantee.Kind.CAPACITY, luc.capacity().value(), null),
                List.of(luc),
                List.of(below, elsewhere, partner));
        assertOpens(
                new Grantee(Grantee.Kind.UNIT, roads.value(), null), List.of(below), List.of(luc, elsewhere, partner));
        assertOpens(
                new Grantee(Grantee.Kind.MEMBER, givors.value(), null),
                List.of(luc, below),
                List.of(elsewhere, partner));
        assertOpens(
                new Grantee(Grantee.Kind.GROUP, givors.value(), "régisseurs"),
                List.of(luc),
                List.of(below, elsewhere, partner));
        assertOpens(
                new Grantee(Grantee.Kind.UNIT_ONLY, roads.value(), null),
                List.of(town.agent(givors, "Ali", roads)),
                List.of(below, luc, elsewhere, partner));
        assertRefused(
                () -> sharing.share(
                        anne, folder.id(), new Grantee(Grantee.Kind.EVERYONE, null, null), SpaceRole.READ, null),
                "file.share.wide");
        assertRefused(
                () -> sharing.share(
                        anne,
                        folder.id(),
                        new Grantee(Grantee.Kind.MEMBER, elsewhere.member().value(), null),
                        SpaceRole.READ,
                        null),
                "file.share.wide");
        jdbc.sql("INSERT INTO directory.role_grant (affiliation, role) VALUES (?, 'member_admin')")
                .param(anne.capacity().value())
                .update();
        assertOpens(new Grantee(Grantee.Kind.EVERYONE, null, null), List.of(luc, below, elsewhere), List.of(partner));
    }

    private void assertOpens(Grantee to, List<Visitor> in, List<Visitor> out) {
        sharing.share(anne, folder.id(), to, SpaceRole.READ, null);
        in.forEach(one -> assertThat(files.node(one, file.id()).role())
                .as(to + " " + one.name())
                .isEqualTo(SpaceRole.READ));
        out.forEach(one -> assertRefused(() -> files.node(one, file.id()), "file.unknown"));
        FileSharing.Access given = sharing.access(anne, file.id()).stream()
                .filter(a -> !a.ofTheSpace())
                .findFirst()
                .orElseThrow();
        assertThat(given.to()).isEqualTo(to);
        sharing.end(anne, folder.id(), given.share());
        in.forEach(one -> assertRefused(() -> files.node(one, file.id()), "file.unknown"));
    }

    @Test
    void whySomebodySeesAFileIsTold() throws IOException {
        sharing.share(
                anne, folder.id(), capacity(luc), SpaceRole.EDIT, Instant.now().plus(1, ChronoUnit.DAYS));

        List<FileSharing.Access> why = sharing.access(anne, file.id());

        assertThat(why).extracting(FileSharing.Access::name).containsExactly("Anne Essai", "Luc Essai");
        assertThat(why.getFirst().ofTheSpace()).isTrue();
        assertThat(why.getLast()).satisfies(a -> {
            assertThat(a.at()).isEqualTo(folder.id());
            assertThat(a.atName()).isEqualTo("Dossier");
            assertThat(a.by()).isEqualTo("Anne Essai");
            assertThat(a.detail()).isEqualTo("Chargée de mission, Givors");
            assertThat(a.inForce()).isTrue();
        });
        assertThat(sharing.given(anne)).extracting(g -> g.node().name()).containsExactly("Dossier");
        town.ends(luc);
        assertThat(sharing.access(anne, file.id()).getLast().inForce()).isFalse();
    }

    @Test
    void aShareEndsAtItsDate() {
        sharing.share(
                anne, folder.id(), capacity(luc), SpaceRole.READ, Instant.now().plus(1, ChronoUnit.DAYS));
        assertThat(files.sharedWith(luc)).hasSize(1);
        jdbc.sql("UPDATE files.share SET until = now() - interval '1 second' WHERE node = ?")
                .param(folder.id().value())
                .update();

        assertRefused(() -> files.node(luc, file.id()), "file.unknown");
        assertThat(files.sharedWith(luc)).isEmpty();
    }

    @Test
    void onlyWhoManagesSharesAndOnlyWithWhoCanUseIt() {
        sharing.share(anne, folder.id(), capacity(luc), SpaceRole.EDIT, null);
        Visitor eva = town.agent(givors, "Éva", null);

        assertRefused(() -> sharing.share(luc, folder.id(), capacity(eva), SpaceRole.READ, null), "file.not-manager");
        assertRefused(() -> sharing.share(eva, folder.id(), capacity(eva), SpaceRole.READ, null), "file.unknown");
        assertRefused(
                () -> sharing.share(
                        anne,
                        folder.id(),
                        new Grantee(Grantee.Kind.CAPACITY, UUID.randomUUID(), null),
                        SpaceRole.READ,
                        null),
                "file.share.unknown");
        assertRefused(
                () -> sharing.share(
                        anne,
                        folder.id(),
                        new Grantee(Grantee.Kind.UNIT, UUID.randomUUID(), null),
                        SpaceRole.READ,
                        null),
                "file.share.unknown");
        assertRefused(
                () -> sharing.share(anne, folder.id(), capacity(eva), SpaceRole.READ, Instant.now()),
                "file.share.past");
        assertRefused(
                () -> sharing.share(anne, town.home(anne), capacity(anne), SpaceRole.READ, null), "file.share.own");
        UUID own = sharing.access(anne, town.home(anne)).getFirst().share();
        assertRefused(() -> sharing.end(anne, town.home(anne), own), "file.share.own");
        assertRefused(() -> sharing.end(anne, folder.id(), own), "file.share.gone");
    }

    @Test
    void aSpaceOfSeveralIsOpenedAndHasOneNameAtATime() {
        FileSpace space = sharing.open(anne, " Projet Vallée ");
        sharing.share(anne, space.root(), capacity(luc), SpaceRole.READ, null);

        assertThat(town.space(luc, FileSpace.Kind.SHARED).name()).isEqualTo("Projet Vallée");
        assertRefused(() -> sharing.rename(luc, space.id(), "x"), "file.not-manager");
        assertThat(sharing.rename(anne, space.id(), "Vallée").name()).isEqualTo("Vallée");
        assertRefused(() -> sharing.open(anne, "  "), "file.space.name");
    }

    @Test
    void whatMovesIntoAnothersSpaceBringsNoSharesAlong() throws IOException {
        Visitor eva = town.agent(givors, "Éva", roads);
        NodeId common = town.space(eva, FileSpace.Kind.UNIT).root();
        sharing.share(anne, folder.id(), capacity(luc), SpaceRole.MANAGE, null);

        files.move(anne, folder.id(), common, "Dossier", false);

        assertRefused(() -> files.node(luc, folder.id()), "file.unknown");
        assertThat(sharing.access(eva, folder.id())).allMatch(FileSharing.Access::ofTheSpace);
        assertThat(files.node(anne, folder.id()).role()).isEqualTo(SpaceRole.EDIT);
    }

    @Test
    void anEditorWhoTakesAFolderAwayLeavesItInTheBinItCameFrom() throws IOException {
        Visitor eva = town.agent(givors, "Éva", roads);
        NodeId common = town.space(eva, FileSpace.Kind.UNIT).root();
        FileNode plan = town.write(eva, common, "plan.txt", "abc");

        FileNode taken = files.move(anne, plan.id(), town.home(anne), "plan.txt", false);

        assertThat(taken.id()).isNotEqualTo(plan.id());
        assertThat(history.takeBack(eva, plan.id()).name()).isEqualTo("plan.txt");
    }

    @Test
    void whoSeesAShareOnlyKnowsNothingOfWhatIsAboveIt() throws IOException {
        sharing.share(anne, file.id(), capacity(luc), SpaceRole.EDIT, null);
        sharing.share(anne, folder.id(), capacity(town.agent(givors, "Ali", null)), SpaceRole.READ, null);

        assertThat(sharing.access(luc, file.id()))
                .extracting(FileSharing.Access::name)
                .containsExactly("Luc Essai");
    }

    @Test
    void aPartnerOpensNoSpaceAndHasNoUnits() {
        Visitor paul = town.partner(givors, "Paul");

        assertRefused(() -> sharing.open(paul, "Projet"), "file.space.partner");
    }

    @Test
    void theNightEmptiesTheBinAndThinsOutVersions() throws IOException {
        FileNode thrown = town.write(anne, folder.id(), "b.txt", "12345");
        files.trash(anne, List.of(thrown.id()));
        FileNode fresh = town.write(anne, folder.id(), "c.txt", "1");
        files.trash(anne, List.of(fresh.id()));
        for (String text : List.of("v1", "v22", "v333", "v4444")) {
            town.write(anne, folder.id(), "a.txt", text);
        }
        jdbc.sql("UPDATE files.node SET trashed_at = now() - interval '31 days' WHERE id = ?")
                .param(thrown.id().value())
                .update();
        jdbc.sql(
                        "UPDATE files.version SET made_at = date_trunc('day', now() - interval '3 days') + interval '12 hours' + size * interval '1 minute' WHERE node = ? AND size > 1")
                .param(file.id().value())
                .update();
        long before = town.space(anne, FileSpace.Kind.MINE).used();

        housekeeping.tidy();
        housekeeping.tidy();

        assertThat(history.bin(anne, file.space(), null, 10))
                .extracting(t -> t.node().name())
                .containsExactly("c.txt");
        assertThat(history.versions(anne, file.id()))
                .extracting(FileHistory.Version::size)
                .containsExactly(4L);
        assertThat(town.space(anne, FileSpace.Kind.MINE).used()).isEqualTo(before - 5 - 3 - 2 - 3);
        assertThat(town.read(anne, files.node(anne, file.id()))).isEqualTo("v4444");
    }

    private static Grantee capacity(Visitor visitor) {
        return new Grantee(Grantee.Kind.CAPACITY, visitor.capacity().value(), null);
    }
}
