/**
 * The Open Collaboration Services that Nextcloud's clients call beside WebDAV: who they are, what is here, and with whom files are shared. Nothing is kept here: shares
 * and links are those of the room files. Source: Nextcloud's developer manual, "OCS APIs".
 */
@NullMarked
package org.entente.dav.ocs;

import org.jspecify.annotations.NullMarked;
