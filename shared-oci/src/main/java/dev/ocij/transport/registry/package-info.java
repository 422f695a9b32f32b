/// Images in registries: the transport `docker:`, over the distribution specification.
///
/// [dev.ocij.transport.registry.RegistryTransport] is the entry. A
/// [dev.ocij.transport.registry.RegistryClient], with its manifests and its uploads, has one method
/// for each endpoint and knows nothing of tokens, retries or redirects: those are interceptors of
/// its HTTP client, most of them in [dev.ocij.http].
@NullMarked
package dev.ocij.transport.registry;

import org.jspecify.annotations.NullMarked;
