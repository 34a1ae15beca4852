/** What a connector is: one class per engine, brought to the computed state in batches. */
@NullMarked
@NamedInterface("spi")
package org.entente.provisioning.spi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
