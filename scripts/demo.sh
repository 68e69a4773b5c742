#!/bin/bash
# Serve the demo instance: its own folder, its own data, never the real one.
set -euo pipefail

bin="${VENV:-.venv}/bin"
export LINLI_DEMO=1
export LINLI_INSTANCE="$PWD/instance/demo"
# A database named for the real instance must not be filled with demo data.
unset DATABASE_URL

filled="$LINLI_INSTANCE/.filled"
mkdir -p -m 700 instance "$LINLI_INSTANCE"
# Whoever removes the database wants a fresh one.
[ -f "$LINLI_INSTANCE/linli.db" ] || rm -f "$filled"

"$bin/flask" --app app upgrade
if [ ! -f "$filled" ]; then
  "$bin/flask" --app app demo
  touch "$filled"
fi

cat <<TEXT

  演示实例：http://$HOST:$PORT    （按 Ctrl+C 停止；数据在 instance/demo）

  密码都是  linli-demo-2026
    qin                    支部书记
    lin  fang  tao  he     红色物业大学生
    gu                     物业经理
    shen  lu               导师
    admin                  管理员

TEXT
exec "$bin/gunicorn" "app:create_app()"
