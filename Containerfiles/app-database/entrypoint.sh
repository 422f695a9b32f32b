#!/bin/sh
set -e
for script in /docker-entrypoint-initdb.d/*.sh; do
  sh "$script" >>"$DATA/log"
done
exec su -s /bin/sh "$USER_NAME" -c "$*"
