/** Tests of imports, in virtual time, with models of Amazon Connect, IAM and the ledger. */
@NullMarked
package dev.linkedrole.connect.imports;

import org.jspecify.annotations.NullMarked;
