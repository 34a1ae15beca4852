/** The certificate of a departure: a signed document, how it is made, kept and recognised. */
@NullMarked
package org.entente.provisioning.certificate;

import org.jspecify.annotations.NullMarked;
