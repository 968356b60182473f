# Keeps one throw-away PostgreSQL server for all test processes that want it at about the same time.
#
# Arguments: the folder of the server, the folder of the binaries (may be empty), the port, and for
# how many seconds to wait for another user. The first folder holds the password of the user
# `postgres` in `password`.
#
# Every process that uses the server opens the pipe `users` for writing, writes one byte and never
# closes it; the system does when the process ends, even when it is killed. So the end of the pipe
# means that nobody is left.
set -eu
cd "$1"
PATH="$2${2:+:}$PATH"

initdb -D data -U postgres -E UTF8 --locale=C --auth=password --pwfile=password --no-sync
cat >>data/postgresql.conf <<END
port = $3
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = 64MB
autovacuum = off
fsync = off
full_page_writes = off
synchronous_commit = off
END
pg_ctl start -w -t 60 -D data -l server.log
mkfifo -m 600 users
exec 3<users

# Bytes mean that somebody came since the last look.
while [ "$(cat <&3 | wc -c)" -gt 0 ]; do
    sleep "$4" 3<&-
done
# From here on nobody can come; whoever did so in the last moment is waited for.
rm users
cat <&3 >/dev/null

pg_ctl stop -D data -m immediate || true
cd ..
rm -rf "$1"
