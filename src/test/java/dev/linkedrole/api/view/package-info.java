/** Tests of the API's JSON. */
@NullMarked
package dev.linkedrole.api.view;

import org.jspecify.annotations.NullMarked;
