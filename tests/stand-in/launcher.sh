#!/bin/sh
# The executable of the stand-in for Electron. It becomes Node (exec keeps the process id), so that
# a signal to what was started reaches what runs. The line below is written when it is prepared.
prepared_node='@NODE@'

refuse() {
  echo "$1" >&2
  exit 1
}

self=$(readlink -f "$0") || refuse "The stand-in for Electron cannot find its own folder."
code=$(dirname "$self")/stand-in

is_new_enough() {
  "$1" -e 'const [a, b] = process.versions.node.split(".").map(Number);
    process.exit(a > 22 || (a === 22 && b >= 15) ? 0 : 1)' 2>/dev/null
}

if [ -x "$prepared_node" ]; then
  node=$prepared_node
else
  node=$(command -v node) && is_new_enough "$node" ||
    refuse "The stand-in for Electron needs Node 22.15 or newer: npm install node@24, or put one on the PATH."
fi

if [ -n "$ELECTRON_RUN_AS_NODE" ]; then
  exec "$node" "$@"
fi

inspect=
for argument in "$@"; do
  case $argument in
    --inspect | --inspect=* | --inspect-brk | --inspect-brk=*) inspect=$argument ;;
  esac
done

exec "$node" $inspect --unhandled-rejections=warn --disable-warning=ExperimentalWarning \
  "$code/main.js" "$self" "$@"
