/// Calls by gRPC: [dev.ocij.crypt.grpc.GrpcService] sends one message and gets one, over HTTP/2 by
/// prior knowledge. What the messages mean is the caller's.
@NullMarked
package dev.ocij.crypt.grpc;

import org.jspecify.annotations.NullMarked;
