/** The browser's side of identity: sessions, rights asked of every endpoint, sign-in and sign-out, app passwords. */
@NullMarked
package org.entente.identity.session;

import org.jspecify.annotations.NullMarked;
