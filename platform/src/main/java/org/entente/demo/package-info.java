/** The demonstration territory: real authorities, people who do not exist. */
@NullMarked
package org.entente.demo;

import org.jspecify.annotations.NullMarked;
