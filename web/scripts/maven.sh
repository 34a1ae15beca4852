#!/bin/sh
# Called by Maven, and by tests of the platform that run a script here: installs and builds only when something changed since.
set -e
cd "$(dirname "$0")/.."

install() {
  if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    npm ci --no-audit --no-fund --loglevel=error
    touch node_modules/.package-lock.json
  fi
}

case $1 in
  install)
    install
    ;;
  build)
    if [ -f dist/index.html ] && [ -z "$(find src public scripts ./*.json ./*.html ./*.ts -newer dist/index.html -print 2>/dev/null | head -1)" ]; then
      exit 0
    fi
    install
    npm run --silent build
    touch dist/index.html
    ;;
  test)
    case "$2 $3" in *true*) exit 0 ;; esac
    install
    npm test --silent
    ;;
esac
