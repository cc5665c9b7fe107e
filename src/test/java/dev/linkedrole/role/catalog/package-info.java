/** Tests of features and their resources. */
@NullMarked
package dev.linkedrole.role.catalog;

import org.jspecify.annotations.NullMarked;
