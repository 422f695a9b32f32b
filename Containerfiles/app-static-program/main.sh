#!/bin/sh
case $1 in
  --version) echo "program @VERSION@" ;;
  *) echo "usage: program [--version]" ;;
esac
