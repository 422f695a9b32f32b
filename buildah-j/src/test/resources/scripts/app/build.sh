#!/bin/sh
# Makes an image by working containers, as scripts for buildah do; the image goes to the folder $1.
set -eu
cd "$(dirname "$0")"

ctr=$(buildah from --name app localhost/base/busybox)
echo "container $ctr"
buildah config --env GREETING='hello there' --env PATH="/usr/local/bin:/bin" --label maintainer=us --label gone=1 \
  --annotation kept=yes --workingdir /srv "$ctr"
buildah copy -q --chown 1000:50 "$ctr" files /srv/data
buildah copy -q --chmod 640 "$ctr" files/one files/sub/two /srv/both/
buildah copy -q "$ctr" 'files/*' rel/
tar -cf packed.tar -C files .
buildah add -q "$ctr" packed.tar /srv/unpacked
buildah run "$ctr" -- sh -c 'echo "$GREETING" >greeting; ln greeting same; mkdir -m 700 made; rm -r data/sub both/one'
buildah run --user someone --workingdir /tmp "$ctr" -- sh -c 'id -un >who; pwd >>who; chmod 600 who'
buildah run --env A=1 --volume "$PWD/files:/given:ro" "$ctr" -- sh -c 'cat /given/one >given; echo "$A" >>given'
status=0
buildah run "$ctr" -- sh -c 'echo late >/srv/late; exit 7' 2>/dev/null || status=$?
echo "status $status"

# What is copied and removed again is in no layer.
buildah copy -q "$ctr" files/one /secret
buildah run "$ctr" rm /secret

mnt=$(buildah mount "$ctr")
echo mounted >"$mnt/srv/mounted"
chmod 4755 "$mnt/srv/mounted"
rm "$mnt/srv/rel/one"
ln -s mounted "$mnt/srv/link"
buildah run "$ctr" -- sh -c 'cat /srv/mounted >/srv/seen; echo run >>/srv/mounted'
buildah copy -q "$ctr" files/one /srv/while-mounted
buildah umount "$ctr" >/dev/null

other=$(buildah from scratch)
echo "container $other"
buildah copy -q --from "$ctr" "$other" /srv/data /taken
buildah copy -q --from "$other" "$ctr" /taken /srv/back
buildah rm "$other" >/dev/null

buildah config --add-history --user someone --port 8080 --port 53/udp --volume /data --stop-signal SIGUSR1 \
  --entrypoint '["/bin/sh", "-c"]' --cmd 'cat greeting' --label gone- --env EMPTY= "$ctr"
buildah config --author us --created-by 'a script' --history-comment 'for us ' "$ctr"
echo $(buildah inspect --format '{{.FromImage}} {{.Container}} {{.OCIv1.Config.WorkingDir}} {{.OCIv1.Config.Labels.maintainer}}' app)
echo $(buildah containers --noheading --format '{{.ContainerName}} {{.ImageName}}')
buildah rename app renamed
buildah commit -q --iidfile id renamed localhost/app
test "sha256:$(buildah images -q --no-trunc localhost/app | sed 's/sha256://')" = "$(cat id)"
buildah push -q localhost/app "dir:$1"
buildah rm -a >/dev/null
buildah containers -q
