#!/bin/sh
set -e
echo "H:/srv/www" >/etc/web/httpd.conf
[ "$1" = httpd ] && set -- "$@" -p "$PORT" -c /etc/web/httpd.conf
exec "$@"
