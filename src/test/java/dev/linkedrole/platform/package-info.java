/** Tests of what platforms are given to run the service: manifests for Kubernetes, and the pages about deploying and scaling. */
@NullMarked
package dev.linkedrole.platform;

import org.jspecify.annotations.NullMarked;
