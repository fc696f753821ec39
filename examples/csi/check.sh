#!/bin/sh
# Starts a server that answers for console.zenlayer.com, and makes the first call of Zenlayer's CSI driver by that name.
#   SNAPSTAND=… sh check.sh    (default: the npm package's program)
set -eu
snapstand=${SNAPSTAND:-./node_modules/.bin/snapstand}
name=console.zenlayer.com
data=$(mktemp -d)
# A port that is free, in place of 443, which is root's.
$snapstand --port 0 --tls --tls-port 0 --tls-host "$name" --data "$data" --url-file "$data/url" --log-level silent > /dev/null &
server=$!
trap 'kill $server; wait $server || true; rm -rf "$data"' EXIT
$snapstand wait --url-file "$data/url" > /dev/null

address=$(sed -n '2s|https://||p' "$data/url")
answer=$(curl -sS --fail-with-body --connect-to "$name:443:$address" --cacert "$data/tls/certificate.pem" \
  "https://$name/api/v2/zec" -H 'Authorization: Bearer csi-driver' -H 'Content-Type: application/json' \
  -H 'X-ZC-Action: DescribeDiskRegions' -H 'X-ZC-Version: 2025-09-01' -d '{}')
echo "$answer"
case $answer in
*'"regionIds":["asia-east-1"'*) echo "the name leads here, and the driver's first call is answered" ;;
*) exit 1 ;;
esac
