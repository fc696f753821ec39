#!/bin/sh
# Tests the client with the official SDKs: both in modules of their own, so that the client depends on nothing.
# ZENLAYERCLOUD_SDK_GO names a checkout of github.com/zenlayer/zenlayercloud-sdk-go, which not every module proxy has.
set -eu
cd "$(dirname "$0")/baidu"
go vet .
go test -count=1 -v .

cd ../zenlayer
module=github.com/zenlayer/zenlayercloud-sdk-go
# What is changed here is a copy: the module that is pinned stays as it is.
cp go.mod .local.mod
trap 'rm -f .local.mod .local.sum' EXIT
if [ -n "${ZENLAYERCLOUD_SDK_GO:-}" ]; then
  go mod edit -replace="$module=$ZENLAYERCLOUD_SDK_GO" .local.mod
elif ! go mod download -modfile=.local.mod "$module" > /dev/null 2>&1; then
  echo "skipped: $module is not to be had from this module proxy; ZENLAYERCLOUD_SDK_GO names a checkout"
  exit 0
fi
go vet -modfile=.local.mod -mod=mod .
go test -modfile=.local.mod -mod=mod -count=1 -v .
