#!/bin/sh
# Succeeds where a window can be opened.
case $(uname -s) in
    Linux | *BSD) [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] ;;
    *) true ;;
esac
