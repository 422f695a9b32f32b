#!/bin/sh
. "$SETTINGS"
echo "$1 $KEEP" >"results/$(date +%F)"
