package org.entente.base;

import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Each room owns its schema and its Flyway folder ({@code db/<room>}). Rooms are migrated from the lowest to the highest, so a
 * room's view may read the published views ({@code v_…}) of the rooms below it.
 */
@Configuration(proxyBeanMethods = false)
class RoomMigrations {

    /** From the lowest room to the highest: an arrow may only point to the left. */
    private static final List<String> ROOMS = List.of(
            "base",
            "audit",
            "directory",
            "storage",
            "scanning",
            "reading",
            "sources",
            "catalog",
            "access",
            "identity",
            "provisioning",
            "gateway",
            "files",
            "dav",
            "wopi",
            "office",
            "pooling",
            "portal");

    @Bean
    FlywayMigrationStrategy migrateRoomByRoom(DataSource dataSource) {
        return ignored -> ROOMS.forEach(room -> Flyway.configure()
                .dataSource(dataSource)
                .schemas(room)
                .createSchemas(true)
                .locations("classpath:db/" + room)
                .failOnMissingLocations(false)
                .load()
                .migrate());
    }
}
