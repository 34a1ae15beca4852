/** Documents opened in the office server that an operator has (Collabora Online, OnlyOffice), which reads and writes them here by WOPI ([MS-WOPI]). */
@NullMarked
package org.entente.wopi;

import org.jspecify.annotations.NullMarked;
