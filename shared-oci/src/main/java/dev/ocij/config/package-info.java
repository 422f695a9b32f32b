/// The configuration files that container tools share, read as the peers read them:
/// registries.conf, registries.d, certs.d, and the variables that name proxies.
///
/// Nothing here reads a variable or a home directory by itself: [dev.ocij.config.Environment]
/// brings them in. Start at [dev.ocij.config.RegistriesConf].
@NullMarked
package dev.ocij.config;

import org.jspecify.annotations.NullMarked;
