#!/bin/bash
# The system packages 邻里 needs: installed where we may, named in one command where we may not.
# usage: scripts/system.sh run|test
set -euo pipefail

run_packages=(
  python3-venv                                    # the virtual environment
  libpango-1.0-0 libpangoft2-1.0-0 fontconfig     # layout of print-outs
  libharfbuzz-subset0                             # without it one PDF takes seconds and megabytes
  fonts-noto-cjk fonts-noto-cjk-extra             # text; black titles
  fonts-lxgw-wenkai                               # 楷体
  fonts-babelstone-han fonts-hanazono             # rare characters in names
  tzdata                                          # Asia/Shanghai
)
test_packages=(chromium)

wanted=("${run_packages[@]}")
[ "${1:-run}" = test ] && wanted+=("${test_packages[@]}")

if ! command -v dpkg-query >/dev/null; then
  echo "这台机器不是 Debian 系，请自行装好以下软件的对应包：${wanted[*]}" >&2
  exit 0
fi

is_installed() {
  # A Python that is not Debian's own (pyenv, a container image) brings venv with it.
  if [ "$1" = python3-venv ] && "${PYTHON:-python3}" -c 'import ensurepip' 2>/dev/null; then
    return 0
  fi
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing=()
for package in "${wanted[@]}"; do
  is_installed "$package" || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" = 0 ]; then
  as_root=()
elif sudo -n true 2>/dev/null; then
  as_root=(sudo -n)
else
  echo "还缺系统软件包。请管理员执行下面这一行，然后再运行一次：" >&2
  echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}" >&2
  exit 1
fi

echo "安装系统软件包：${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q)
# A stale package list is not fatal when the packages can still be had.
"${apt[@]}" update >"$log" 2>&1 || true
if ! "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >>"$log" 2>&1; then
  tail -n 20 "$log" >&2
  echo "apt 没有装上（原因见上）。网络通了以后再运行一次，或手工安装：${missing[*]}" >&2
  exit 1
fi
