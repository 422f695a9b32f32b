/// How a server is spoken to by HTTP, whatever it serves: sockets and TLS, proxies, addresses that
/// are refused, the pace that is asked of a server, and when a request is made again.
///
/// The parts are put together by whoever has something to ask; no credential is known here but a
/// proxy's.
@NullMarked
package dev.ocij.http;

import org.jspecify.annotations.NullMarked;
