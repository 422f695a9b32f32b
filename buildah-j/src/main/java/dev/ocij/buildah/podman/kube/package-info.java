/// Pods as Kubernetes describes them, played as podman does: a document becomes the lines of `pod
/// create` and `create` that make it ([dev.ocij.buildah.podman.kube.KubeFile]), and
/// [dev.ocij.buildah.podman.kube.PlayCommand] gives them. What a document says and nobody follows
/// is told by its path, never passed over.
@NullMarked
package dev.ocij.buildah.podman.kube;

import org.jspecify.annotations.NullMarked;
