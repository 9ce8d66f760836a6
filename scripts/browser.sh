#!/bin/sh
# The browser that the page tests drive. On Debian as root we get it; elsewhere we say what to install.
set -eu
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then
        echo "almoner: browser for the page tests: $(command -v "$name")"
        exit 0
    fi
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "almoner: installing Chromium for the page tests (apt-get)"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null
    apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
    exit 0
fi
echo "almoner: the page tests need Chromium, and none was found. Install it with your system's packages" >&2
echo "         (Debian or Ubuntu: sudo apt-get install chromium; Fedora: sudo dnf install chromium;" >&2
echo "         macOS: brew install --cask chromium) and run this again." >&2
exit 1
