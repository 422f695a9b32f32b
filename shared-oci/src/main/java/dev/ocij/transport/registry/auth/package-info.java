/// Who we are to a registry: where credentials are found and kept, and how they become the
/// `Authorization` of a request.
///
/// [dev.ocij.transport.registry.auth.Credentials] looks them up;
/// [dev.ocij.transport.registry.auth.TokenInterceptor] answers the registry's challenges with them.
@NullMarked
package dev.ocij.transport.registry.auth;

import org.jspecify.annotations.NullMarked;
