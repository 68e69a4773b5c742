#!/bin/bash
# Serve the demo instance: its own folder, its own data, never the real one.
set -euo pipefail

bin="${VENV:-.venv}/bin"
export LINLI_DEMO=1
export LINLI_INSTANCE="$PWD/instance/demo"
# A database named for the real instance must not be filled with demo data.
unset DATABASE_URL

# Written by the demo command once the data is there; it tells the accounts.
accounts="$LINLI_INSTANCE/demo.txt"
mkdir -p -m 700 instance "$LINLI_INSTANCE"
# Whoever removes the database wants a fresh one.
[ -f "$LINLI_INSTANCE/linli.db" ] || rm -f "$accounts"

"$bin/flask" --app app upgrade
[ -f "$accounts" ] || "$bin/flask" --app app demo > /dev/null

cat <<TEXT

  演示实例：http://$HOST:$PORT    （按 Ctrl+C 停止）
  数据在 instance/demo，日子都按装好那天排；想要新的一份，删掉这个文件夹再来。

$(cat "$accounts")

TEXT
exec "$bin/gunicorn" "app:create_app()"
