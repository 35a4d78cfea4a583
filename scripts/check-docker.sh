#!/usr/bin/env bash
# Checks Dockerfile and compose.yaml as far as a machine without Docker can: linters read them, and the
# build's own steps (COPY, and every RUN below a WORKDIR) are carried out in a temporary folder. What has to be
# root in an image, packages and users, is named and passed over. Needs node, npm, python3, make, g++ and network.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "check-docker: $*" >&2; exit 1; }

echo '== linters'
npx --yes dockerfilelint@1.8.0 Dockerfile
npx --yes dockerfile-utils@0.16.3 lint Dockerfile
npx --yes dclint@3.1.0 --quiet compose.yaml

echo '== context: what .dockerignore lets in'
mkdir "$work/context"
sed -n 's/^!//p' .dockerignore | xargs cp --parents -r -t "$work/context"
du -sh "$work/context" | cut -f1

# COPY [--from=STAGE] SOURCE... TARGET, with Docker's rules: a folder's content, not the folder, is copied.
copy() {
  local from="$work/context" source target
  if [[ $1 == --from=* ]]; then from="$work/${1#--from=}"; shift; fi
  target="$work/$stage$folder/${*: -1}"
  for source in "${@:1:$#-1}"; do
    if [[ -d $from/$source ]]; then mkdir -p "$target" && cp -r "$from/$source/." "$target"
    elif [[ $target == */ || $target == */. || $# -gt 2 ]]; then mkdir -p "$target" && cp "$from/$source" "$target"
    else cp "$from/$source" "$target"; fi
  done
}

stage='' folder='' health=''
while read -r instruction rest; do
  case $instruction in
    FROM) stage=${rest##* } folder='' && mkdir "$work/$stage" && echo "== stage $stage ($rest)" ;;
    WORKDIR) folder=$rest && mkdir -p "$work/$stage$folder" ;;
    COPY) read -ra parts <<<"$rest" && echo "COPY $rest" && copy "${parts[@]}" ;;
    RUN)
      if [[ -z $folder ]]; then echo "passed over: RUN $rest"; continue; fi
      echo "RUN $rest"
      (cd "$work/$stage$folder" && sh -ec "$rest") >"$work/log" 2>&1 || { cat "$work/log"; fail "RUN $rest"; } ;;
    HEALTHCHECK) health=${rest#*CMD } ;;
  esac
done < <(sed -e '/^ *#/d' -e ':join; /\\$/{N; s/\\\n */ /; b join}' Dockerfile)

echo '== the final image'
app="$work/final/app"
du -sh "$app" | cut -f1
for absent in .env .git tests src corpus embeddings/index node_modules/typescript node_modules/vitest; do
  [[ ! -e $app/$absent ]] || fail "$absent is in the image"
done

echo '== its program, on a root it cannot write to'
mkdir -m 777 "$work/state"
chmod 755 "$work"
chmod -R a-w "$app"
run=(env -i "PATH=$PATH" CORPUS_DIR="$PWD/corpus" INDEX_DIR="$work/state/index"
  FEEDBACK_FILE="$work/state/feedback.sqlite" NODE_ENV=production)
# Root may write anywhere, so that it would prove nothing.
[[ $EUID -ne 0 ]] || run=(setpriv --reuid=65534 --regid=65534 --clear-groups "${run[@]}")
"${run[@]}" node "$app/dist/embed.js"
"${run[@]}" node "$app/dist/ask.js" 'what did Russia demand?' | head -n 3 || fail 'the image does not answer'

echo '== HEALTHCHECK'
check() { node -e "$(node -p 'JSON.parse(process.argv[1])[2]' "$health")"; }
check || fail 'without METRICS_PORT there is nothing to check'
if METRICS_PORT=9 check; then fail 'a closed port counts as healthy'; fi
for status in 200 503; do
  node -e "require('http').createServer((_, to) => to.writeHead($status).end()).listen(0, function () { console.log(this.address().port) })" \
    >"$work/port" &
  server=$!
  until [[ -s $work/port ]]; do sleep 0.1; done
  healthy=yes
  METRICS_PORT=$(<"$work/port") check || healthy=no
  kill "$server"
  rm "$work/port"
  [[ $status/$healthy == 200/yes || $status/$healthy == 503/no ]] || fail "status $status counts as healthy: $healthy"
done
echo 'check-docker: all well'
