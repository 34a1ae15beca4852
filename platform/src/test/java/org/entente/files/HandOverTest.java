package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.files.FilesTest.assertRefused;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of files and shares when a capacity ends, and when that is undone. */
class HandOverTest extends FolderOfAnnes {

    @Autowired
    FileSharing sharing;

    @Autowired
    HandOver handOver;

    @Autowired
    JdbcClient jdbc;

    @Test
    void theFilesOfWhoLeavesPassToTheirUnit() throws IOException {
        sharing.share(anne, folder.id(), capacity(luc), SpaceRole.READ, null);
        Visitor colleague = town.agent(givors, "Éva", roads);

        town.ends(anne);

        FileSpace handed = town.space(colleague, FileSpace.Kind.HANDED);
        assertThat(handed.name()).isEqualTo("Anne Essai");
        assertThat(handed.role()).isEqualTo(SpaceRole.MANAGE);
        assertThat(town.read(colleague, files.node(colleague, file.id()))).isEqualTo("abc");
        assertThat(town.read(luc, files.node(luc, file.id()))).isEqualTo("abc");
        assertRefused(() -> files.node(anne, file.id()), "file.unknown");
        assertThat(amount(anne)).isEqualTo(1);
        sharing.end(
                colleague,
                folder.id(),
                sharing.access(colleague, folder.id()).stream()
                        .filter(a -> !a.ofTheSpace())
                        .findFirst()
                        .orElseThrow()
                        .share());
        assertRefused(() -> files.node(luc, file.id()), "file.unknown");
    }

    @Test
    void whatWasHandedOverPassesOnWhenItsNewOwnerLeavesToo() {
        Visitor eva = town.agent(givors, "Éva", null);
        handOver.carryOut(List.of(leaving(luc, eva)));
        town.home(luc); // a space that is made after is luc's own still
        FileSpace space = sharing.open(luc, "Projet");
        handOver.carryOut(List.of(leaving(luc, eva)));
        assertThat(files.spaces(eva)).filteredOn(s -> s.id().equals(space.id())).hasSize(1);

        town.ends(eva);

        assertThat(jdbc.sql("SELECT to_key FROM files.share WHERE node = ? AND by IS NULL")
                        .param(space.root().value())
                        .query(String.class)
                        .list())
                .containsExactly("a:" + givors);
    }

    @Test
    void anUndoneDepartureGivesTheFilesBack() throws IOException {
        Visitor colleague = town.agent(givors, "Éva", roads);
        handOver.carryOut(List.of(new org.entente.provisioning.DepartureStep.Leaving(
                anne.capacity(), givors, anne.person(), "Anne Essai", null, roads)));
        assertThat(files.node(colleague, file.id()).role()).isEqualTo(SpaceRole.MANAGE);

        handOver.undo(anne.capacity());

        assertThat(town.read(anne, files.node(anne, file.id()))).isEqualTo("abc");
        assertThat(town.space(anne, FileSpace.Kind.MINE).root()).isEqualTo(town.home(anne));
        assertRefused(() -> files.node(colleague, file.id()), "file.unknown");
    }

    @Test
    void anUndoneDepartureTakesBackWhatWasPassedOnSince() {
        Visitor eva = town.agent(givors, "Éva", null);
        Visitor ali = town.agent(givors, "Ali", null);
        NodeId home = town.home(anne);
        handOver.carryOut(List.of(leaving(anne, eva)));
        handOver.carryOut(List.of(leaving(eva, ali)));

        handOver.undo(anne.capacity());
        handOver.undo(eva.capacity());

        assertThat(town.home(anne)).isEqualTo(home);
        assertThat(jdbc.sql("SELECT to_key FROM files.share WHERE node = ? AND by IS NULL")
                        .param(home.value())
                        .query(String.class)
                        .list())
                .containsExactly("c:" + anne.capacity());
    }

    private org.entente.provisioning.DepartureStep.Leaving leaving(Visitor visitor, Visitor successor) {
        return new org.entente.provisioning.DepartureStep.Leaving(
                visitor.capacity(), givors, visitor.person(), visitor.name(), successor.capacity(), null);
    }

    private int amount(Visitor visitor) {
        return jdbc.sql("""
                        SELECT a.amount FROM provisioning.departure_act a JOIN provisioning.departure d ON d.id = a.departure
                        WHERE d.affiliation = ? AND a.system = 'files'""")
                .param(visitor.capacity().value())
                .query(Integer.class)
                .single();
    }

    private static Grantee capacity(Visitor visitor) {
        return new Grantee(Grantee.Kind.CAPACITY, visitor.capacity().value(), null);
    }
}
