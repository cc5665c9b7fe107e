package dev.linkedrole.iam.aws;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Classes of Caffeine that the service's caches are made of. Caffeine composes their names from what a cache was asked for and loads
 * them by name, so that a native image has only those that it is told of; Quarkus tells it of some.
 */
@RegisterForReflection(
        classNames = {
            // Caches
            "com.github.benmanes.caffeine.cache.SSLMS",
            "com.github.benmanes.caffeine.cache.SSLMSA",
            "com.github.benmanes.caffeine.cache.SSMS",
            "com.github.benmanes.caffeine.cache.SSMSA",
            // Their entries
            "com.github.benmanes.caffeine.cache.PSAMS",
            "com.github.benmanes.caffeine.cache.PSMS",
            "com.github.benmanes.caffeine.cache.PSWMW",
        })
final class CacheClasses {

    private CacheClasses() {}
}
