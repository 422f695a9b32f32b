/// Objects in the stores of clouds, as kaniko names them: Amazon S3 and what speaks its protocol,
/// Google Cloud Storage and Azure Blob Storage.
///
/// [dev.ocij.buildah.context.cloud.CloudObject] is a name,
/// [dev.ocij.buildah.context.cloud.CloudObjects] fetches what it names. Credentials come from where
/// the tools of each cloud look for them. They are in no sentence, and no server but the one that
/// they are for gets them.
@NullMarked
package dev.ocij.buildah.context.cloud;

import org.jspecify.annotations.NullMarked;
