#!/bin/bash
# Asks the process whether it is ready. The runtime image has neither curl nor wget; bash can speak enough HTTP.
set -eu
exec 3<>"/dev/tcp/127.0.0.1/${HEALTH_PORT:-8080}"
printf 'GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
IFS=' ' read -r _ status _ <&3
[ "$status" = 200 ]
